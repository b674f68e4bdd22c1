/** The learner's progress. */
export default function DashboardPage() {
  return <div className="page" />;
}
