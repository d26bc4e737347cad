package io.stagemark.serve;

import io.stagemark.compare.StoredComparison;
import io.stagemark.compare.StoredRun;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.BadInputException;
import io.stagemark.report.comparison.HtmlComparison;
import io.stagemark.report.html.HtmlReporter;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.result.RunResult;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.trial.sample.SampleFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is under each address.
 *
 * <pre>
 *   /                          the list; ?q=TEXT filters it
 *   /run/PATH/                 the page of a run or comparison, made anew
 *   /run/PATH/FILE             a file of its folder
 *   /compare?run=A&amp;run=B       two runs compared
 *   /trends?q=TEXT             times of each case, run after run
 * </pre>
 */
final class Pages {
  private static final Map<String, String> TYPES =
      Map.of(
          "json", "application/json; charset=utf-8",
          "md", "text/plain; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "csv", "text/csv; charset=utf-8",
          "xml", "text/plain; charset=utf-8",
          "prom", "text/plain; charset=utf-8",
          "png", "image/png",
          "jpg", "image/jpeg",
          "webp", "image/webp");

  private static final String OTHER = "application/octet-stream";
  private static final Response NOTHING = Response.plain(404, "nothing is here; the list is at /");

  private final Catalogue catalogue;

  Pages(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Response of(URI target) throws IOException, BadInputException {
    Optional<List<String>> parts = ServedPath.parts(target);
    Optional<Query> query = Query.of(target.getRawQuery());
    if (parts.isEmpty() || query.isEmpty()) {
      return Response.plain(400, "no address of this server");
    }
    List<String> path = parts.get();
    return switch (path.get(0)) {
      case "" -> Response.html(ListPage.of(catalogue.all(), query.get().first("q")));
      case "compare" -> path.size() == 1 ? compared(query.get().all("run")) : NOTHING;
      case "trends" ->
          path.size() == 1
              ? Response.html(HtmlPage.of(TrendPage.of(catalogue.all(), query.get().first("q"))))
              : NOTHING;
      case "run" -> run(target, path.subList(1, path.size()));
      default -> NOTHING;
    };
  }

  private Response run(URI target, List<String> parts) throws IOException, BadInputException {
    boolean slash = !parts.isEmpty() && parts.get(parts.size() - 1).isEmpty();
    List<String> names = slash ? parts.subList(0, parts.size() - 1) : parts;
    Optional<Path> found = ServedPath.in(catalogue.root(), names);
    if (found.isEmpty()) {
      return NOTHING;
    }
    Path place = found.get();
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      if (!holdsResult(place)) {
        return NOTHING;
      }
      return slash ? page(place) : Response.elsewhere(target.getRawPath() + "/");
    }
    boolean file = !slash && Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
    return file && ofAResult(place) ? file(place, names) : NOTHING;
  }

  /** A page that lies there is made anew: it may be of an older version. */
  private static Response file(Path file, List<String> names) {
    String name = names.get(names.size() - 1);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ending.equals("html")
        ? Response.elsewhere("./")
        : Response.file(file, TYPES.getOrDefault(ending, OTHER));
  }

  private static Response page(Path folder) throws IOException, BadInputException {
    if (isFile(folder.resolve(ResultFiles.RESULT))) {
      RunResult result = ResultFiles.readRun(folder);
      boolean running = result.status() == RunResult.Status.RUNNING;
      return served(HtmlReporter.page(result, folder), running ? ListPage.REFRESH_SECONDS : 0);
    }
    Comparison stored = ComparisonFile.read(folder.resolve(ComparisonFile.NAME));
    return served(HtmlComparison.page(stored, folder), 0);
  }

  private static Response served(Page page, int refreshSeconds) throws IOException {
    return Response.html(HtmlPage.of(page.served(new Page.Served("/", refreshSeconds))));
  }

  private Response compared(List<String> runs) throws IOException, BadInputException {
    if (runs.size() != 2) {
      return Response.plain(400, "choose two runs of the list: this request has " + runs.size());
    }
    List<Path> folders = new ArrayList<>();
    for (String run : runs) {
      Optional<Path> folder =
          ServedPath.parts(URI.create("/" + Query.encoded(run)))
              .flatMap(parts -> ServedPath.in(catalogue.root(), parts))
              .filter(path -> isFile(path.resolve(ResultFiles.RESULT)));
      if (folder.isEmpty()) {
        return NOTHING;
      }
      folders.add(folder.get());
    }
    try {
      return served(HtmlComparison.page(compared(folders.get(0), folders.get(1))), 0);
    } catch (BadInputException e) {
      return Response.plain(422, "these two cannot be compared\n" + e.getMessage());
    }
  }

  private static Comparison compared(Path baseline, Path candidate) throws BadInputException {
    PortablePaths paths = PortablePaths.ofCommand();
    return StoredComparison.compare(
        StoredRun.read(baseline, "baseline", SampleFile::read),
        StoredRun.read(candidate, "candidate", SampleFile::read),
        PolicyReader.byDefault(),
        "./stagemark compare " + String.join(" ", paths.arguments(baseline, candidate)));
  }

  private static boolean holdsResult(Path folder) {
    return isFile(folder.resolve(ResultFiles.RESULT))
        || isFile(folder.resolve(ComparisonFile.NAME));
  }

  /** Returns whether a file is in the folder of a run or comparison, at any depth. */
  private boolean ofAResult(Path file) {
    Path folder = file.getParent();
    while (folder != null && folder.startsWith(catalogue.root())) {
      if (holdsResult(folder)) {
        return true;
      }
      folder = folder.getParent();
    }
    return false;
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
