/** The face that speaks. Loaded lazily, for three.js is heavy. */
export default function Avatar() {
  return <div className="avatar" />;
}
