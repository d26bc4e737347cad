package io.stagemark.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the reports of a folder over HTTP. It reads, and only below the folder; it answers GET and
 * HEAD, to requests that call it by a name of its own.
 */
public final class ReportServer implements AutoCloseable {
  /** A request that arrives slowly holds a thread: there are more than pages made at a time. */
  private static final int THREADS = 256;

  private static final int PAGES_AT_A_TIME = 4;

  /** Connections that wait to be taken: the system refuses the ones beyond. */
  private static final int BACKLOG = 1024;

  /** Seconds that a request may take to arrive: a client that sends nothing holds no thread. */
  private static final String MAX_REQUEST_SECONDS = "10";

  /** Seconds that an answer may take to leave. */
  private static final String MAX_RESPONSE_SECONDS = "60";

  private final HttpServer server;
  private final ExecutorService threads;
  private final HostNames hosts;
  private final Pages pages;
  private final Semaphore making = new Semaphore(PAGES_AT_A_TIME);

  private ReportServer(HttpServer server, HostNames hosts, Pages pages) {
    this.server = server;
    this.hosts = hosts;
    this.pages = pages;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "stagemark-serve-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a server.
   *
   * @param root folder whose runs are shown
   * @param address to listen at; port 0 for any free one
   * @param names that requests may call it by, besides those of the address
   * @throws IOException if the address cannot be listened at
   */
  public static ReportServer start(Path root, InetSocketAddress address, Set<String> names)
      throws IOException {
    setIfAbsent("sun.net.httpserver.maxReqTime", MAX_REQUEST_SECONDS);
    setIfAbsent("sun.net.httpserver.maxRspTime", MAX_RESPONSE_SECONDS);
    HttpServer http = HttpServer.create(address, BACKLOG);
    InetSocketAddress bound =
        new InetSocketAddress(address.getAddress(), http.getAddress().getPort());
    ReportServer server =
        new ReportServer(http, new HostNames(bound, names), new Pages(new Catalogue(root)));
    http.createContext("/", server::answer);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Returns the address of the list. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String host =
        bound.getAddress().isAnyLocalAddress() || bound.getAddress().isLoopbackAddress()
            ? "localhost"
            : bound.getHostString();
    return URI.create("http://" + host + ":" + bound.getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response response;
      try {
        response = response(exchange);
      } catch (BadInputException e) {
        response = Response.plain(500, String.valueOf(e.getMessage()));
      } catch (IOException | RuntimeException e) {
        // one page that fails leaves the others
        response = Response.plain(500, "this page cannot be made: " + e.getMessage());
      }
      send(exchange, response);
    }
  }

  private Response response(HttpExchange exchange) throws IOException, BadInputException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Response.plain(405, "this server is read-only: GET and HEAD");
    }
    if (!hosts.allow(exchange.getRequestHeaders().getFirst("Host"))) {
      return Response.plain(
          421, "no name of this server; allow it with ./stagemark serve --allow-host NAME");
    }
    making.acquireUninterruptibly();
    try {
      return pages.of(exchange.getRequestURI());
    } finally {
      making.release();
    }
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", response.type());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    if (response.file().isPresent() || !response.type().startsWith("text/html")) {
      // a file of a run has no scripts of ours: none runs
      headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
    }
    response.location().ifPresent(location -> headers.set("Location", location));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Optional<Path> file = response.file();
    if (file.isPresent()) {
      sendFile(exchange, file.get(), head);
      return;
    }
    byte[] bytes = response.bytes();
    if (head) {
      headers.set("Content-Length", String.valueOf(bytes.length));
    }
    exchange.sendResponseHeaders(response.status(), head ? -1 : bytes.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private static void sendFile(HttpExchange exchange, Path file, boolean head) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        InputStream in = Channels.newInputStream(channel)) {
      long size = channel.size();
      if (head) {
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(size));
      }
      exchange.sendResponseHeaders(200, head || size == 0 ? -1 : size);
      if (!head && size > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          copy(in, out, size);
        }
      }
    }
  }

  /** A run may write to the file meanwhile: no more than was announced is sent. */
  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] chunk = new byte[1 << 16];
    long left = bytes;
    while (left > 0) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        return;
      }
      out.write(chunk, 0, read);
      left -= read;
    }
  }
}
