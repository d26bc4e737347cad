package io.stagemark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.spi.Registry;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskBed;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import io.stagemark.trial.Trial;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.proof.StreamedScores;
import io.stagemark.trial.sample.Samples;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * One shard, n shards and the measured run give the same scores, bit for bit, in whatever order the
 * shards are merged: through the classes that a run and a shard use, but for the child process.
 */
final class ShardEqualityProperties {
  private static final int PICTURES = 20;
  private static final int SIDE = TaskBed.SIDE;
  private static Path folder = Path.of("");

  @BeforeContainer
  static void writePictures() throws IOException {
    OpenCvRuntime.start();
    folder = Files.createTempDirectory("shards");
    Random random = new Random(7);
    for (int i = 0; i < PICTURES; i++) {
      // six kinds of picture: equal scores in several images must not depend on the merge's order
      Scalar color = new Scalar(40 * random.nextInt(6), 80, 120);
      Mat picture = new Mat(SIDE, SIDE, CvType.CV_8UC3, color);
      Imgcodecs.imwrite(folder.resolve(i + ".png").toString(), picture);
      Mat mask = new Mat(SIDE, SIDE, CvType.CV_8UC1, new Scalar(0));
      mask.submat(0, 1 + random.nextInt(SIDE), 0, 1 + random.nextInt(SIDE))
          .setTo(new Scalar(1 + random.nextInt(2)));
      Imgcodecs.imwrite(folder.resolve("mask" + i + ".png").toString(), mask);
    }
  }

  @AfterContainer
  static void deletePictures() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /**
   * A way to divide a data set.
   *
   * @param examples in the data set
   * @param batch examples in a forward
   * @param seed of truth, of the merge's order, and of where the measured run begins
   */
  record Division(int examples, int shards, int batch, long seed) {}

  @Provide
  Arbitrary<Division> divisions() {
    return Combinators.combine(
            Arbitraries.integers().between(1, PICTURES),
            Arbitraries.of(1, 2, 3, 7, 64),
            Arbitraries.integers().between(1, 3),
            Arbitraries.longs())
        .as(Division::new);
  }

  private static TensorSpec spec(String name, long... shape) {
    return TaskBed.output(name, ElementType.FLOAT32, shape).spec();
  }

  @Property(tries = 25)
  void detection(@ForAll("divisions") Division division) throws Exception {
    Random random = new Random(division.seed());
    long n = division.batch();
    check(
        division,
        TaskBed.settings("detection", TaskBed.decoder("centernet"), Map.of(), 2),
        List.of(spec("images", n, 3, SIDE, SIDE)),
        List.of(spec("scores", n, 2, 16, 16), spec("sides", n, 4, 16, 16)),
        List.of("coco-ap", "focal", "bce", "lovasz-softmax"),
        pictures(division, i -> new Truth.Objects(boxes(random))));
  }

  private static List<Annotation> boxes(Random random) {
    List<Annotation> boxes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      double left = random.nextInt(40);
      double top = random.nextInt(40);
      double width = 1 + random.nextInt(24);
      double height = 1 + random.nextInt(24);
      boxes.add(
          new Annotation(
              new Box(left, top, left + width, top + height),
              random.nextInt(2),
              width * height,
              random.nextInt(8) == 0));
    }
    return boxes;
  }

  @Property(tries = 25)
  void segmentation(@ForAll("divisions") Division division) throws Exception {
    long n = division.batch();
    check(
        division,
        TaskBed.settings("segmentation", TaskBed.decoder("classification"), Map.of(), 3),
        List.of(spec("images", n, 3, SIDE, SIDE)),
        List.of(spec("y", n, 3, 16, 16)),
        List.of("miou", "pixel-accuracy"),
        pictures(division, i -> new Truth.Mask(folder.resolve("mask" + i + ".png"))));
  }

  @Property(tries = 25)
  void classification(@ForAll("divisions") Division division) throws Exception {
    Random random = new Random(division.seed());
    check(
        division,
        onTensors("classification", "classification", 6),
        List.of(spec("x", division.batch(), 5)),
        List.of(spec("y", division.batch(), 6)),
        List.of("top-1", "top-5", "precision", "recall", "log-loss", "focal", "ece"),
        tensors(division, () -> new Truth.Label(List.of(random.nextInt(6)))));
  }

  @Property(tries = 25)
  void binaryClassification(@ForAll("divisions") Division division) throws Exception {
    Random random = new Random(division.seed());
    check(
        division,
        onTensors("classification", "binary", 3),
        List.of(spec("x", division.batch(), 5)),
        List.of(spec("y", division.batch(), 3)),
        List.of("accuracy", "precision", "recall", "bce", "focal", "ece"),
        tensors(
            division,
            () ->
                new Truth.Label(
                    IntStream.range(0, 3).filter(c -> random.nextBoolean()).boxed().toList())));
  }

  @Property(tries = 25)
  void tensors(@ForAll("divisions") Division division) throws Exception {
    Random random = new Random(division.seed());
    TaskSettings settings =
        new TaskSettings("tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of()));
    check(
        division,
        settings,
        List.of(spec("x", division.batch(), 5)),
        List.of(spec("y", division.batch(), 4)),
        List.of("bce", "focal"),
        tensors(
            division,
            () -> {
              Tensor target = Tensor.allocate(spec("t", 1, 4));
              for (int i = 0; i < 4; i++) {
                target.floats().put(i, random.nextFloat());
              }
              return new Truth.Target(Path.of("t.npy"), target);
            }));
  }

  private static TaskSettings onTensors(String task, String decoder, int classes) {
    return new TaskSettings(
        task,
        Optional.empty(),
        Optional.of(TaskBed.decoder(decoder)),
        new LabelMap(IntStream.range(0, classes).mapToObj(c -> "class" + c).toList()));
  }

  private interface TruthOf {
    Truth of(int example);
  }

  /** Ids whose order as texts, as numbers and in the list are three different ones. */
  private static List<Example> pictures(Division division, TruthOf truths) {
    return IntStream.range(0, division.examples())
        .mapToObj(
            i ->
                new Example(
                    i % 3 == 0 ? "id" + i : String.valueOf(100 - 7 * i),
                    folder.resolve(i + ".png"),
                    List.of(),
                    truths.of(i)))
        .toList();
  }

  private interface AnyTruth {
    Truth any();
  }

  private static List<Example> tensors(Division division, AnyTruth truths) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < division.examples(); i++) {
      Tensor tensor = Tensor.allocate(spec("x", 1, 5));
      tensor.floats().put(0, i);
      examples.add(new Example("e" + i, Example.NO_FILE, List.of(tensor), truths.any()));
    }
    return examples;
  }

  private record Figures(List<Score> scores, List<ClassFigures> classes) {}

  private static void check(
      Division division,
      TaskSettings settings,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs,
      List<String> scores,
      List<Example> examples)
      throws Exception {
    Task task =
        Registry.discover(Task.class, ShardEqualityProperties.class.getClassLoader())
            .get(settings.task());
    boolean probabilities = !settings.task().equals("segmentation");
    HashSession session = new HashSession(division.batch(), inputs, outputs, probabilities);
    Figures plain;
    Figures merged;
    try (TaskSession stages =
        task.bind(
            settings,
            inputs.stream().map(spec -> session.input(inputs.indexOf(spec))).toList(),
            outputs,
            session::output)) {
      plain = measured(division, task.scorer(settings, inputs, scores), session, stages, examples);
      List<byte[]> states = new ArrayList<>();
      for (int k = 1; k <= division.shards(); k++) {
        Scorer scorer = task.scorer(settings, inputs, scores);
        List<Example> share = new ShardPart(k, division.shards()).of(examples).examples();
        StreamedScores streamed =
            new StreamedScores(
                share, session, stages, scorer, new StreamedScores.Scope(division.batch(), true));
        streamed.run();
        assertThat(streamed.examples()).isEqualTo(share.size());
        states.add(ShardFile.bytes(scorer.state().orElseThrow()));
      }
      Collections.shuffle(states, new Random(division.seed()));
      Scorer all = task.scorer(settings, inputs, scores);
      for (byte[] state : states) {
        all.state().orElseThrow().add(new DataInputStream(new ByteArrayInputStream(state)));
      }
      merged = new Figures(all.finish(), all.classes());
    }
    // records of doubles are equal if their bits are
    assertThat(merged).isEqualTo(plain);
    assertThat(merged.scores()).extracting(Score::count).contains((long) examples.size());
  }

  /** The figures of a trial, whose warm-up ended anywhere in the rotation. */
  private static Figures measured(
      Division division,
      Scorer scorer,
      HashSession session,
      TaskSession stages,
      List<Example> examples)
      throws Exception {
    MeasuredLoop loop =
        new MeasuredLoop(
            session,
            stages,
            examples.stream().map(Trial::source).toList(),
            division.batch(),
            TotalFrom.FILE);
    for (int i = new Random(division.seed()).nextInt(5); i >= 0; i--) {
      loop.discarded();
    }
    KeptOutputs kept =
        new KeptOutputs(
            examples, session, stages, scorer, new KeptOutputs.Scope(division.batch(), 0, true));
    loop.measure(new Samples(1000), new BatchLimits(0, 0), kept);
    kept.score();
    return new Figures(kept.scores(), kept.classes());
  }
}
