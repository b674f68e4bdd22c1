export default function ConfidenceStrip() {
  return null;
}
