package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.serve.ReportServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the reports of a folder in a browser. */
@Command(
    name = "serve",
    description = "Shows every run of a folder in a browser: list, pages, comparisons, trends.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It only reads, and it listens on this machine alone unless --host says otherwise.",
      "",
      "Example:",
      "  ./stagemark serve reports/"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int PORT = 8123;
  private static final int MAX_PORT = 65_535;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "folder of runs (default: reports)")
  private Path folder = Path.of("reports");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port; 0 for any free one (default: " + PORT + ")")
  private int port = PORT;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "address to listen at (default: 127.0.0.1, which this machine alone reaches)")
  private String host = "127.0.0.1";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "a name that requests may call this server by, besides its address; repeatable")
  private Set<String> names = new TreeSet<>();

  @Spec private CommandSpec spec;

  @Override
  @SuppressWarnings("try") // the work is closed, not used
  public Integer call() throws Exception {
    try (ReportServer server = start()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("reports of " + ShownPath.of(folder) + ": " + server.address());
      out.println("Ctrl-C ends it");
      out.flush();
      CountDownLatch end = new CountDownLatch(1);
      try (ProgramEnd.Work work = ProgramEnd.work(end::countDown, () -> false, 1)) {
        end.await();
      }
    }
    return ExitCode.OK;
  }

  private ReportServer start() throws BadInputException {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          new Problem(
              ShownPath.of(folder),
              Files.exists(folder) ? "not a folder" : "no such folder",
              "a folder that runs wrote into",
              "./stagemark run configs/quickstart.yaml, which makes reports/quickstart"));
    }
    if (port < 0 || port > MAX_PORT) {
      throw new BadInputException(
          new Problem("--port", String.valueOf(port), "a number in [0, 65535]", "--port 0"));
    }
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      return ReportServer.start(folder.toRealPath(), address, names);
    } catch (UnknownHostException e) {
      throw new BadInputException(
          new Problem("--host", host, "an address of this machine", "--host 127.0.0.1"));
    } catch (IOException e) {
      throw new BadInputException(
          new Problem(
              "--port",
              port + ": " + e.getMessage(),
              "a port that nothing else listens at",
              "--port 0, for any free one"));
    }
  }
}
