namespace Parley.Sessions;

/// <summary>Runs work that may compute or block before it first waits, such as the call of an engine, where it holds up nobody's frames.</summary>
public delegate Task Aside(Func<Task> work);

internal static class AsideExtensions
{
    /// <summary>The same for work with a result.</summary>
    public static async Task<T> CallAsync<T>(this Aside aside, Func<ValueTask<T>> call)
    {
        var result = default(T);
        await aside(async () => result = await call());
        return result!;
    }
}
