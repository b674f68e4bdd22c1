using System.Net;
using Parley.Bench.Load.Models;

namespace Parley.Bench.Load.Gateways;

/// <summary>nginx and HAProxy as plain streaming proxies, set up as their manuals say for one: nothing is buffered, connections on both sides stay open, no log.</summary>
internal static class Proxies
{
    /// <exception cref="IOException">It is not installed, or does not start.</exception>
    public static async Task<Gateway> StartNginxAsync(string folder, ModelProcess models, CancellationToken cancellationToken)
    {
        var address = new IPEndPoint(IPAddress.Loopback, LocalProcess.FreePort());
        var (home, file) = await WriteAsync(folder, "nginx", $$"""
            daemon off;
            worker_processes auto;
            pid {{folder}}/nginx/nginx.pid;
            error_log stderr crit;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            events { worker_connections 4096; }
            http {
              access_log off;
              tcp_nodelay on;
              keepalive_requests 10000000;
              client_body_temp_path {{folder}}/nginx/body;
              proxy_temp_path {{folder}}/nginx/proxy;
              fastcgi_temp_path {{folder}}/nginx/fastcgi;
              scgi_temp_path {{folder}}/nginx/scgi;
              uwsgi_temp_path {{folder}}/nginx/uwsgi;
              upstream models { server {{models.Address}}; keepalive 256; keepalive_requests 10000000; }
              server {
                listen {{address}} reuseport;
                location / {
                  proxy_pass http://models;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                  proxy_request_buffering off;
                }
              }
            }
            """, cancellationToken);
        return await StartAsync("nginx", ["-p", home, "-c", file, "-e", "stderr"], address, cancellationToken);
    }

    /// <exception cref="IOException">It is not installed, or does not start.</exception>
    public static async Task<Gateway> StartHaproxyAsync(string folder, ModelProcess models, CancellationToken cancellationToken)
    {
        var address = new IPEndPoint(IPAddress.Loopback, LocalProcess.FreePort());
        var (_, file) = await WriteAsync(folder, "haproxy", $"""
            global
              maxconn 4096
            defaults
              mode http
              option http-keep-alive
              option http-no-delay
              http-reuse always
              timeout connect 5s
              timeout client 120s
              timeout server 120s
            frontend clients
              bind {address}
              default_backend models
            backend models
              server model {models.Address} pool-max-conn 256

            """, cancellationToken);
        return await StartAsync("haproxy", ["-db", "-q", "-f", file], address, cancellationToken);
    }

    private static async Task<(string Home, string File)> WriteAsync(string folder, string name, string configuration, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var file = Path.Combine(home, $"{name}.conf");
        await File.WriteAllTextAsync(file, configuration, cancellationToken);
        return (home, file);
    }

    private static Task<Gateway> StartAsync(string name, string[] arguments, IPEndPoint address, CancellationToken cancellationToken)
    {
        var process = LocalProcess.Start(name, arguments);
        return new Gateway(name, address, (b, s) => Gateway.PathRequest(address, b, s)) { Process = process }.WhenListeningAsync(cancellationToken);
    }
}
