package io.stagemark.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.report.Rendering;
import io.stagemark.report.Reporter;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.report.page.Section;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code index.html}: the page of a run, one file that needs neither network nor scripts. */
public final class HtmlReporter implements Reporter {
  /** The page, in the run's folder. */
  public static final String FILE = "index.html";

  /** Of 3 MB, what is left for the section that comes last. */
  private static final int MAX_BYTES = 2_850_000;

  private static final int MAX_EMBEDDED = 1_200_000;

  @Override
  public String name() {
    return "html";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder)
      throws IOException, BadInputException {
    folder.write(FILE, HtmlPage.of(page(result, folder.path())));
    return new Rendering("", List.of(FILE));
  }

  /**
   * Returns the page of a run.
   *
   * @param folder of the run, with the files that the result names
   * @throws IOException if a file cannot be read
   * @throws BadInputException if a file is damaged
   */
  public static Page page(RunResult result, Path folder) throws IOException, BadInputException {
    RunView run = RunView.of(result, folder);
    List<Section> sections = new ArrayList<>();
    sections.add(AnswerSection.of(run));
    StoredSeries series = StoredSeries.read(run);
    List<Optional<Section>> others =
        List.of(
            CasesSection.of(run),
            TailSection.of(run, series),
            TimeSection.of(run, series),
            TradeOffSection.of(run),
            OperationsSection.of(run),
            QualitySection.of(run),
            SlowSection.of(run),
            EvidenceSection.of(run));
    others.forEach(found -> found.ifPresent(sections::add));
    int room = MAX_BYTES - bytes(HtmlPage.of(page(run, sections, Optional.empty())));
    EmbeddedResult embedded = EmbeddedResult.of(result, Math.min(MAX_EMBEDDED, room));
    sections.add(TrustSection.of(run, embedded));
    return page(run, sections, Optional.of(new Page.Embedded("result", embedded.json())));
  }

  private static int bytes(String page) {
    return page.getBytes(UTF_8).length;
  }

  private static Page page(RunView run, List<Section> sections, Optional<Page.Embedded> embedded) {
    return new Page(
        run.result().name() + " · Stagemark",
        run.result().name(),
        AnswerSection.byline(run),
        sections,
        embedded,
        "Stagemark "
            + run.result().environment().stagemark()
            + ", from result.json of schema "
            + run.result().schemaVersion()
            + ". Percentiles are nearest rank; intervals hold 95 %.");
  }
}
