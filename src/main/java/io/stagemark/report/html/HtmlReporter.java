package io.stagemark.report.html;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.report.Rendering;
import io.stagemark.report.Reporter;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.report.page.Section;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code index.html}: the page of a run, one file that needs neither network nor scripts. */
public final class HtmlReporter implements Reporter {
  /** The page, in the run's folder. */
  public static final String FILE = "index.html";

  @Override
  public String name() {
    return "html";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder)
      throws IOException, BadInputException {
    RunView run = RunView.of(result, folder.path());
    EmbeddedResult embedded = EmbeddedResult.of(result);
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
            SlowSection.of(run));
    others.forEach(found -> found.ifPresent(sections::add));
    sections.add(TrustSection.of(run, embedded));
    Page page =
        new Page(
            run.result().name() + " · Stagemark",
            run.result().name(),
            AnswerSection.byline(run),
            sections,
            Optional.of(new Page.Embedded("result", embedded.json())),
            "Stagemark "
                + run.result().environment().stagemark()
                + ", from result.json of schema "
                + run.result().schemaVersion()
                + ". Percentiles are nearest rank; intervals hold 95 %.");
    folder.write(FILE, HtmlPage.of(page));
    return new Rendering("", List.of(FILE));
  }
}
