using Parley.Learning.Learners;
using Parley.Sqlite.Learners;

namespace Parley.Learning.Tests.Learners;

/// <summary>A folder of its own for a test's database.</summary>
internal sealed class LearnerFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("parley-learners-").FullName;

    public string Database => Path.Combine(_path, "data", "learners.db");

    /// <summary>The names of the files beside the database, and its own.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Path.GetDirectoryName(Database)!).Select(file => Path.GetFileName(file));

    public LearnerDatabase Open(TimeProvider? time = null) =>
        LearnerDatabase.Open(new LearnerStoreOptions { Path = Database, BusyTimeout = TimeSpan.FromSeconds(1) }, time ?? TimeProvider.System);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
