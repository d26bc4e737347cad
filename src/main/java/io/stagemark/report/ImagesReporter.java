package io.stagemark.report;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nu.pattern.OpenCV;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Pictures of the ten worst examples of each case by loss, and its first ones up to sixteen in all:
 * what is right in green, what was answered in orange. {@link ExamplePainter} draws them.
 */
public final class ImagesReporter implements Reporter {
  private static final int EXAMPLES = 16;
  private static final int WORST = 10;

  @Override
  public String name() {
    return "images";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder)
      throws IOException, BadInputException {
    List<String> files = new ArrayList<>();
    for (CaseResult one : result.cases()) {
      Path examples = folder.path().resolve(CaseExamples.fileName(one.id()));
      if (Files.isRegularFile(examples)) {
        files.addAll(draw(chosen(one, ResultFiles.readExamples(examples)), folder));
      }
    }
    return new Rendering("", files);
  }

  /** The worst by loss, then the first, until there are enough. */
  private static CaseExamples chosen(CaseResult one, CaseExamples all) {
    List<ExampleResult> worst =
        WorstExamples.of(one, all.examples()).map(WorstExamples::examples).orElse(List.of());
    Set<ExampleResult> chosen =
        new LinkedHashSet<>(worst.subList(0, Math.min(WORST, worst.size())));
    chosen.addAll(all.examples());
    return new CaseExamples(all.caseId(), all.labels(), chosen.stream().limit(EXAMPLES).toList());
  }

  private static List<String> draw(CaseExamples of, OutputTree folder) throws IOException {
    OpenCV.loadLocally();
    List<String> files = new ArrayList<>();
    String stem = CaseExamples.fileStem(of.caseId());
    for (ExampleResult stored : of.examples()) {
      ExampleResult example = stored.withFiles(file -> PortablePaths.resolved(folder.path(), file));
      Mat picture = ExamplePicture.read(example);
      if (picture.empty()) {
        // Tensors have no picture; a file that is gone since the run has none any more.
        continue;
      }
      Mat drawn =
          new ExamplePainter(of.labels().stream().map(PlainText::line).toList())
              .draw(picture, example);
      picture.release();
      String name = "images/" + stem + "-" + name(example.id()) + ".png";
      MatOfByte png = new MatOfByte();
      if (!Imgcodecs.imencode(".png", drawn, png)) {
        throw new IOException("cannot encode " + name);
      }
      folder.write(name, png.toArray());
      png.release();
      drawn.release();
      files.add(name);
    }
    return files;
  }

  /** Returns an id as a part of a file name, without a picture's ending. */
  private static String name(String id) {
    return id.replaceAll("\\.[^.#]*$", "").replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
