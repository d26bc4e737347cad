package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.report.PrecisionText;
import io.stagemark.report.TypedCommand;
import io.stagemark.report.ValidityText;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.Precision;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.RepeatInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Why the figures can be believed, where they are from, and how to get them again. */
final class TrustSection {
  private static final int MAX_LINKS = 40;

  private TrustSection() {}

  static Section of(RunView run, EmbeddedResult embedded) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<Block.Advice> advice = new ArrayList<>(AnswerSection.advice(run));
    ValidityText.notes(run.result(), run.labels())
        .forEach(note -> advice.add(new Block.Advice(Block.Tone.PLAIN, note, "")));
    blocks.add(new Block.Paragraph(verdict(run)));
    if (!advice.isEmpty()) {
      blocks.add(new Block.Advices(advice));
    }
    precision(run).ifPresent(blocks::add);
    blocks.add(new Block.Heading("Run it again"));
    command(run).ifPresent(blocks::add);
    blocks.add(new Block.Heading("Environment"));
    blocks.add(environment(run.result().environment()));
    digests(run.result()).ifPresent(blocks::add);
    if (!run.result().config().isEmpty()) {
      blocks.add(
          new Block.Folded(
              "The config as it was resolved",
              List.of(
                  new Block.Code(
                      "config, every key with its value",
                      ResultFiles.text(run.result().config())))));
    }
    blocks.add(new Block.Heading("Downloads"));
    blocks.addAll(downloads(run));
    if (!embedded.left().isEmpty()) {
      blocks.add(
          new Block.Paragraph(
              "This page carries the result in its element with id \"result\" without "
                  + String.join(", ", embedded.left())
                  + ", to stay below 3 MB; result.json has everything."));
    } else {
      blocks.add(
          new Block.Paragraph(
              "This page carries the whole of result.json in its element with id \"result\"."));
    }
    return new Section("trust", "Trust", "Can these figures be believed, and reproduced?", blocks);
  }

  private static String verdict(RunView run) {
    String verdict =
        run.result().proof().map(p -> p.validity().verdict().name()).orElse("not judged");
    String calibration = run.result().calibration().map(c -> " Figures " + c + ".").orElse("");
    List<String> resumed = run.result().proof().map(RunProof::resumedAt).orElse(List.of());
    return "The run is "
        + verdict
        + (resumed.isEmpty() ? "." : "; taken up again at " + String.join(", ", resumed) + ".")
        + calibration;
  }

  private static Optional<Block> precision(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      Optional<Precision> precision = run.cases().get(i).proof().flatMap(CaseProof::precision);
      if (precision.isPresent()) {
        String label = run.labels().get(i);
        precision
            .get()
            .totalNanos()
            .forEach((name, interval) -> rows.add(row(label, name + " ms", interval, 1e6)));
        precision
            .get()
            .framesPerSecond()
            .ifPresent(interval -> rows.add(row(label, "FPS", interval, 1)));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Table(
                "Precision: another run of the same case should settle in the interval",
                List.of(
                    Block.Column.text("case"),
                    Block.Column.text("figure"),
                    Block.Column.number("value"),
                    Block.Column.number("low"),
                    Block.Column.number("high"),
                    Block.Column.number("±"),
                    Block.Column.text("rating")),
                rows,
                true));
  }

  private static Row row(String label, String figure, RepeatInterval interval, double unit) {
    return new Row(
        List.of(
            Block.Cell.of(label),
            Block.Cell.of(figure),
            Cells.number(interval.value() / unit, "%.2f"),
            Cells.number(interval.low() / unit, "%.2f"),
            Cells.number(interval.high() / unit, "%.2f"),
            Block.Cell.of(PrecisionText.plusMinus(interval), interval.halfWidth()),
            Block.Cell.of(PrecisionText.rating(interval))));
  }

  private static Optional<Block> command(RunView run) {
    return TypedCommand.of(run.raw())
        .map(
            line ->
                new Block.Commands(
                    List.of(
                        new Block.Command("Runs the same again", line),
                        new Block.Command(
                            "Compares two stored runs",
                            "./stagemark compare BASELINE CANDIDATE"))));
  }

  private static Block environment(Environment e) {
    List<Row> rows = new ArrayList<>();
    add(rows, "Stagemark", e.stagemark());
    add(rows, "Processor", e.cores() + " × " + e.cpu());
    add(rows, "Memory", String.format(ROOT, "%.1f GiB", e.memoryBytes() / (double) (1L << 30)));
    add(rows, "System", e.os());
    add(rows, "JDK", e.jdk());
    add(rows, "Flags of the trials' JVMs", String.join(" ", e.jvmFlags()));
    List<String> libraries = new ArrayList<>();
    new TreeMap<>(e.libraries()).forEach((name, version) -> libraries.add(name + " " + version));
    add(rows, "Libraries", String.join(", ", libraries));
    e.machine().ifPresent(m -> machine(rows, m));
    return new Block.Table(
        "Where it was measured",
        List.of(Block.Column.text(""), Block.Column.text("")),
        rows,
        false);
  }

  private static void machine(List<Row> rows, MachineRecord m) {
    MachineRecord.Processors p = m.processors();
    add(rows, "Fingerprint", m.fingerprint());
    add(
        rows,
        "Sockets, cores, threads",
        dash(p.sockets()) + ", " + dash(p.physicalCores()) + ", " + dash(p.threads()));
    add(rows, "Caches", String.join(", ", p.caches()));
    add(rows, "Distribution", m.host().distribution().orElse("–"));
    add(rows, "Container", m.host().container().orElse("none seen"));
    add(rows, "Virtual machine", m.software().jvm());
    add(
        rows,
        "Git commit",
        m.checkout()
            .commit()
            .map(c -> c + (m.checkout().dirty().orElse(false) ? ", changed" : ""))
            .orElse("none"));
  }

  private static String dash(OptionalInt count) {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "–";
  }

  private static void add(List<Row> rows, String name, String value) {
    if (!value.isEmpty()) {
      rows.add(Row.of(List.of(name, value)));
    }
  }

  private static Optional<Block> digests(RunResult result) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(List.of("data set", result.dataset().name(), result.dataset().sha256())));
    Map<String, String> models = new TreeMap<>();
    result.proof().ifPresent(proof -> models.putAll(proof.modelDigests()));
    result.environment().machine().ifPresent(m -> models.putAll(m.software().models()));
    models.forEach((file, digest) -> rows.add(Row.of(List.of("model", file, digest))));
    result
        .environment()
        .machine()
        .ifPresent(
            m ->
                new TreeMap<>(m.software().natives())
                    .forEach((file, d) -> rows.add(Row.of(List.of("native", file, d)))));
    return Optional.of(
        new Block.Folded(
            "Digests of models, data and native libraries (SHA-256)",
            List.of(
                new Block.Table(
                    "SHA-256",
                    List.of(
                        Block.Column.text("kind"),
                        Block.Column.text("file"),
                        Block.Column.text("digest")),
                    rows,
                    false))));
  }

  /** Returns links to what is in the folder. */
  private static List<Block.Link> links(RunView run) {
    List<Block.Link> links = new ArrayList<>();
    link(run, links, ResultFiles.RESULT, "every figure");
    link(run, links, "report.md", "the report in Markdown");
    for (CaseResult one : run.raw().cases()) {
      link(run, links, CaseExamples.fileName(one.id()), "predictions and truth");
      one.operations()
          .flatMap(o -> o.counts())
          .ifPresent(counts -> link(run, links, counts.perOp(), "every operator"));
      for (TrialResult trial : one.trials()) {
        trial.measured().ifPresent(m -> link(run, links, m.samples(), "raw times"));
      }
    }
    return links;
  }

  /** Returns the two that most readers want, and the others folded away. */
  private static List<Block> downloads(RunView run) {
    List<Block.Link> links = links(run);
    List<Block> blocks = new ArrayList<>();
    int open = (int) links.stream().filter(link -> !link.text().contains("/")).count();
    blocks.add(new Block.Links(links.subList(0, open)));
    List<Block.Link> others = links.subList(open, links.size());
    if (!others.isEmpty()) {
      List<Block.Link> shown = others.subList(0, Math.min(MAX_LINKS, others.size()));
      List<Block> folded = new ArrayList<>(List.of(new Block.Links(shown)));
      if (others.size() > shown.size()) {
        folded.add(
            new Block.Paragraph(
                (others.size() - shown.size()) + " more files are in the run's folder."));
      }
      blocks.add(
          new Block.Folded("Raw times, examples, operators: " + others.size() + " files", folded));
    }
    return blocks;
  }

  private static void link(RunView run, List<Block.Link> links, String name, String about) {
    try {
      boolean there = Files.isRegularFile(run.folder().resolve(name));
      Block.Link link = new Block.Link(PlainText.seen(name), PlainText.markdownTarget(name), about);
      if ((there || name.equals(ResultFiles.RESULT)) && !links.contains(link)) {
        links.add(link);
      }
    } catch (java.nio.file.InvalidPathException e) {
      return; // a name that no file has
    }
  }
}
