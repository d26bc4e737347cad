package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.PlainText;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.Score;
import io.stagemark.report.ExamplePainter;
import io.stagemark.report.ExamplePicture;
import io.stagemark.report.InstancePainter;
import io.stagemark.report.WorstExamples;
import io.stagemark.report.chart.AnnotatedPicture;
import io.stagemark.report.chart.AnnotatedPicture.Outlined;
import io.stagemark.report.chart.Area;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.Spot;
import io.stagemark.report.page.Block;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Figures;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.RecordTexts;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nu.pattern.OpenCV;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** The worst examples of a case as small pictures in the page, with what is true and was found. */
final class Thumbnails {
  private static final double DRAWN_FROM = 0.3;
  private static final double WIDTH = 320;
  private static final double HEIGHT = 320;

  /** Pixels of the photograph for one of the picture: sharp on dense screens. */
  private static final double DENSITY = 1.5;

  private static final int QUALITY = 70;

  /** A larger file of examples is not read for a few pictures. */
  private static final long MAX_BYTES = 64L << 20;

  private Thumbnails() {}

  /**
   * Returns pictures of the worst examples; of the first where the case has no loss.
   *
   * @param index of the case
   * @param most how many at most
   */
  static List<Block.Picture> of(RunView run, int index, int most)
      throws IOException, BadInputException {
    Optional<CaseExamples> stored = examples(run, index);
    if (stored.isEmpty()) {
      return List.of();
    }
    CaseExamples shown = RecordTexts.map(stored.get(), PlainText::seen);
    List<ExampleResult> chosen = chosen(run.raw().cases().get(index), stored.get());
    List<Block.Picture> pictures = new ArrayList<>();
    for (ExampleResult one : chosen.subList(0, Math.min(most, chosen.size()))) {
      ExampleResult raw = one.withFiles(f -> PortablePaths.resolved(run.folder(), f));
      String id = "picture-" + (index + 1) + "-" + (pictures.size() + 1);
      picture(id, raw, shown.labels()).ifPresent(pictures::add);
    }
    return pictures;
  }

  /** Returns what the colours mean. */
  static String legend(RunView run, int index) throws IOException, BadInputException {
    Optional<ExampleAnswer> answer =
        examples(run, index).stream()
            .flatMap(all -> all.examples().stream())
            .findFirst()
            .flatMap(ExampleResult::answer);
    if (answer.isEmpty()) {
      boolean parts =
          examples(run, index).stream()
              .flatMap(all -> all.examples().stream())
              .anyMatch(InstancePainter::draws);
      return "True boxes are green and dashed, found ones (score at least 0.3) orange; a label"
          + " without a free place is left out."
          + (parts ? " Masks are outlined and key points dotted in the same colours." : "");
    }
    return answer.get().mask().isPresent()
        ? "The answered mask over the picture; what its colours mean is written below it."
        : "Under each picture what is true and what was answered, likeliest first.";
  }

  /** Returns whether a case's file of examples is too large to be read for a page. */
  static boolean isTooLarge(RunView run, int index) throws IOException {
    Path file = run.folder().resolve(CaseExamples.fileName(run.raw().cases().get(index).id()));
    return Files.isRegularFile(file) && Files.size(file) > MAX_BYTES;
  }

  /**
   * Returns what a case made of its examples; empty if the folder has it no more, or so many of
   * them that they would not fit in memory beside the page.
   */
  static Optional<CaseExamples> examples(RunView run, int index)
      throws IOException, BadInputException {
    Path file = run.folder().resolve(CaseExamples.fileName(run.raw().cases().get(index).id()));
    return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
        ? Optional.of(ResultFiles.readExamples(file))
        : Optional.empty();
  }

  private static List<ExampleResult> chosen(CaseResult raw, CaseExamples all) {
    return WorstExamples.of(raw, all.examples())
        .map(WorstExamples::examples)
        .orElse(all.examples());
  }

  private static Optional<Block.Picture> picture(
      String id, ExampleResult example, List<String> labels) throws IOException {
    if (!isPicture(example.file())) {
      return Optional.empty(); // a tensor, or gone since the run
    }
    OpenCV.loadLocally();
    Mat photograph = ExamplePicture.read(example);
    if (photograph.empty()) {
      return Optional.empty(); // damaged since the run
    }
    try {
      boolean mask = example.answer().flatMap(ExampleAnswer::mask).isPresent();
      InstancePainter.draw(photograph, example, DRAWN_FROM);
      Mat source = mask ? new ExamplePainter(labels).draw(photograph, example) : photograph;
      double factor = Math.min(1, Math.min(WIDTH / source.cols(), HEIGHT / source.rows()));
      double width = source.cols() * factor;
      double height = source.rows() * factor;
      String uri = encoded(source, Math.min(1, DENSITY * factor));
      List<Outlined> objects = mask ? List.of() : objects(example, labels, factor);
      String alt = PlainText.seen(example.id()) + ": " + words(example, labels);
      return Optional.of(
          new Block.Picture(
              AnnotatedPicture.svg(
                  new ChartTitle(id, PlainText.seen(example.id()), alt),
                  uri,
                  width,
                  height,
                  objects),
              caption(example, labels)));
    } finally {
      photograph.release();
    }
  }

  private static boolean isPicture(String name) {
    try {
      boolean tensor = name.endsWith(".npy") || name.endsWith(".npz");
      return !tensor && Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String encoded(Mat source, double factor) throws IOException {
    Mat small = new Mat();
    Imgproc.resize(source, small, new Size(), factor, factor, Imgproc.INTER_AREA);
    MatOfByte bytes = new MatOfByte();
    MatOfInt quality = new MatOfInt(Imgcodecs.IMWRITE_WEBP_QUALITY, QUALITY);
    if (!Imgcodecs.imencode(".webp", small, bytes, quality)) {
      throw new IOException("cannot encode a thumbnail");
    }
    String uri = "data:image/webp;base64," + Base64.getEncoder().encodeToString(bytes.toArray());
    small.release();
    bytes.release();
    quality.release();
    return uri;
  }

  private static List<Outlined> objects(ExampleResult example, List<String> labels, double factor) {
    List<Outlined> objects = new ArrayList<>();
    for (Detection found : example.detections()) {
      if (found.score() >= DRAWN_FROM) {
        String label = String.format(ROOT, "%s %.2f", labels.get(found.classId()), found.score());
        objects.add(
            found
                .outline()
                .map(
                    outline ->
                        new Outlined(
                            outline.corners().stream()
                                .map(c -> new Spot(c.x() * factor, c.y() * factor))
                                .toList(),
                            "found",
                            label))
                .orElseGet(() -> Outlined.box(area(found.box(), factor), "found", label)));
      }
    }
    for (Annotation truth : example.annotations()) {
      objects.add(Outlined.box(area(truth.box(), factor), "truth", labels.get(truth.classId())));
    }
    return objects;
  }

  private static Area area(Box box, double factor) {
    return new Area(
        box.left() * factor,
        box.top() * factor,
        (box.right() - box.left()) * factor,
        (box.bottom() - box.top()) * factor);
  }

  private static String words(ExampleResult example, List<String> labels) {
    if (example.answer().isPresent()) {
      return answer(example.answer().get(), labels);
    }
    String found =
        example.detections().stream()
            .filter(each -> each.score() >= DRAWN_FROM)
            .map(each -> labels.get(each.classId()))
            .collect(Collectors.joining(", "));
    String truth =
        example.annotations().stream()
            .map(each -> labels.get(each.classId()))
            .collect(Collectors.joining(", "));
    return (truth.isEmpty() ? "" : "true: " + truth + "; ")
        + "found: "
        + (found.isEmpty() ? "nothing" : found);
  }

  private static String answer(ExampleAnswer answer, List<String> labels) {
    if (answer.mask().isPresent()) {
      return "mask";
    }
    String truth = answer.truth().stream().map(labels::get).collect(Collectors.joining(", "));
    String found =
        answer.predicted().stream()
            .limit(3)
            .map(
                (ScoredClass c) ->
                    String.format(ROOT, "%s %.2f", labels.get(c.classId()), c.score()))
            .collect(Collectors.joining(", "));
    return (truth.isEmpty() ? "" : "true: " + truth + "; ")
        + "answered: "
        + (found.isEmpty() ? "nothing" : found);
  }

  private static String caption(ExampleResult example, List<String> labels) {
    String scores =
        example.scores().stream()
            .limit(3)
            .map((Score s) -> PlainText.seen(s.name()) + " " + Figures.score(s.value()))
            .collect(Collectors.joining(", "));
    return PlainText.seen(example.id())
        + " · "
        + words(example, labels)
        + (scores.isEmpty() ? "" : " · " + scores);
  }
}
