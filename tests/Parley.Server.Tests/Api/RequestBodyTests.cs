using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Api;
using Parley.Time;

namespace Parley.Server.Tests.Api;

public sealed class RequestBodyTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly Pipe _pipe = new();
    private readonly VirtualClock _clock = new();

    [Fact]
    public async Task ReadAsync_BodyIsHere_IsReadWithoutATimer()
    {
        await SendAsync("{}");
        await _pipe.Writer.CompleteAsync();

        var reading = ReadAsync();

        Assert.True(reading.IsCompleted);
        Assert.Equal("{}", await reading);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task ReadAsync_BodyComesInPieces_IsOneAndItsTimerIsGone()
    {
        await SendAsync("{\"a\":");
        var reading = ReadAsync();
        Assert.Equal(1, _clock.PendingTimers);
        await SendAsync("1}");
        await _pipe.Writer.CompleteAsync();

        Assert.Equal("{\"a\":1}", await reading);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task ReadAsync_BodyDoesNotEnd_IsGivenUpWith408()
    {
        await SendAsync("{");
        var reading = ReadAsync();

        _clock.Advance(s_timeout);

        Assert.Equal(408, (await Assert.ThrowsAsync<ApiException>(() => reading)).Error.Status);
    }

    [Fact]
    public async Task ReadAsync_ServerHasALimit_IsSetToWhatIsAllowed()
    {
        var limit = new BodyLimit();
        await _pipe.Writer.CompleteAsync();
        await ReadAsync(limit);
        Assert.Equal(50_000_000, limit.MaxRequestBodySize);
    }

    private async Task SendAsync(string text) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    private async Task<string> ReadAsync(IHttpMaxRequestBodySizeFeature? limit = null)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IRequestBodyPipeFeature>(new Body(_pipe.Reader));
        http.Features.Set(limit);
        return Encoding.UTF8.GetString((await RequestBody.ReadAsync(http, 50_000_000, s_timeout, _clock)).Span);
    }

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;

    private sealed class BodyLimit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; } = 30_000_000;
    }
}
