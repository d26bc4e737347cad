package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.spi.Registry;
import io.stagemark.testdata.NestedCases;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Every task of the program keeps to the contract. */
final class BuiltInTasksTest {
  private static final TensorSpec VECTOR = spec("x", 1, 2);
  private static final List<TensorSpec> IMAGE =
      List.of(spec("images", 1, 3, TaskBed.SIDE, TaskBed.SIDE));
  private static final Truth LABEL = new Truth.Label(List.of(1));
  private static final Truth OBJECTS =
      new Truth.Objects(List.of(new Annotation(new Box(2, 0, 6, 2), 0, 8, false)));

  @TempDir static Path folder;

  private static TensorSpec spec(String name, long... shape) {
    return TaskBed.output(name, ElementType.FLOAT32, shape).spec();
  }

  private static TaskSettings onTensors(String task, Optional<DecoderSettings> decoder) {
    return new TaskSettings(
        task,
        Optional.empty(),
        decoder,
        new LabelMap(decoder.isPresent() ? List.of("a", "b") : List.of()),
        Map.of(),
        List.of());
  }

  private abstract static class OnTensors extends TaskContract {
    @Override
    protected List<TensorSpec> inputs() {
      return List.of(VECTOR);
    }

    @Override
    protected List<TensorSpec> outputs() {
      return List.of(spec("y", 1, 2));
    }

    @Override
    protected ExampleSource example() {
      return new ExampleSource.InMemory(List.of(Tensor.allocate(VECTOR)));
    }

    @Override
    protected Truth truthOfAnotherKind() {
      return OBJECTS;
    }
  }

  private abstract static class OnImages extends TaskContract {
    @Override
    protected List<TensorSpec> inputs() {
      return IMAGE;
    }

    @Override
    protected ExampleSource example() {
      return new ExampleSource.ImageFile(TaskBed.picture(folder));
    }

    @Override
    protected Truth truthOfAnotherKind() {
      return LABEL;
    }
  }

  @Nested
  final class OfClassification extends OnTensors {
    @Override
    protected Task task() {
      return new ClassificationTask();
    }

    @Override
    protected TaskSettings settings() {
      return onTensors("classification", Optional.of(TaskBed.decoder("classification")));
    }

    @Override
    protected List<String> fittingScores() {
      return List.of("top-1", "cross-entropy", "log-loss", "lovasz-softmax", "ece");
    }

    @Override
    protected String unfitScore() {
      return "bce";
    }

    @Override
    protected Truth truth() {
      return LABEL;
    }
  }

  @Nested
  final class OfBinaryClassification extends OnTensors {
    @Override
    protected Task task() {
      return new ClassificationTask();
    }

    @Override
    protected TaskSettings settings() {
      return onTensors("classification", Optional.of(TaskBed.decoder("binary")));
    }

    @Override
    protected List<String> fittingScores() {
      return List.of("accuracy", "bce", "focal", "recall");
    }

    @Override
    protected String unfitScore() {
      return "cross-entropy";
    }

    @Override
    protected Truth truth() {
      return LABEL;
    }
  }

  @Nested
  final class OfTensors extends OnTensors {
    @Override
    protected Task task() {
      return new TensorsTask();
    }

    /** After a tanh, so that there is a loss that is not defined. */
    @Override
    protected TaskSettings settings() {
      return new TaskSettings(
          "tensors",
          Optional.empty(),
          Optional.empty(),
          new LabelMap(List.of()),
          Map.of("y", Activation.TANH),
          List.of());
    }

    @Override
    protected List<String> fittingScores() {
      return List.of("bce-with-logits", "lovasz-hinge");
    }

    @Override
    protected String unfitScore() {
      return "bce";
    }

    @Override
    protected Truth truth() {
      return new Truth.Target(Path.of("t.npy"), Tensor.allocate(spec("t", 1, 2)));
    }
  }

  @Nested
  final class OfDetection extends OnImages {
    @Override
    protected Task task() {
      return new DetectionTask();
    }

    @Override
    protected TaskSettings settings() {
      return TaskBed.settings("detection", TaskBed.decoder("centernet"), Map.of(), 1);
    }

    @Override
    protected List<TensorSpec> outputs() {
      return List.of(spec("scores", 1, 1, 16, 16), spec("sides", 1, 4, 16, 16));
    }

    @Override
    protected List<String> fittingScores() {
      return List.of("coco-ap", "focal", "bce", "lovasz-softmax");
    }

    @Override
    protected String unfitScore() {
      return "bce-with-logits";
    }

    @Override
    protected Truth truth() {
      return OBJECTS;
    }
  }

  @Nested
  final class OfSegmentation extends OnImages {
    @Override
    protected Task task() {
      return new SegmentationTask();
    }

    @Override
    protected TaskSettings settings() {
      return TaskBed.settings("segmentation", TaskBed.decoder("binary"), Map.of(), 1);
    }

    @Override
    protected List<TensorSpec> outputs() {
      return List.of(spec("y", 1, 1, TaskBed.SIDE, TaskBed.SIDE));
    }

    @Override
    protected List<String> fittingScores() {
      return List.of("bce", "focal-unweighted", "lovasz");
    }

    @Override
    protected String unfitScore() {
      return "cross-entropy";
    }

    @Override
    protected Truth truth() {
      OpenCvRuntime.start();
      Path file = folder.resolve("mask.png");
      Imgcodecs.imwrite(
          file.toString(), new Mat(TaskBed.SIDE, TaskBed.SIDE, CvType.CV_8UC1, new Scalar(255)));
      return new Truth.Mask(file);
    }
  }

  @Test
  void tasks_onTheClassPath_areThoseTestedHere() throws ReflectiveOperationException {
    Set<Class<?>> tested = new HashSet<>();
    NestedCases.of(this, TaskContract.class).forEach(each -> tested.add(each.task().getClass()));
    Set<Class<?>> registered = new HashSet<>();
    Registry.discover(Task.class, getClass().getClassLoader())
        .all()
        .forEach(each -> registered.add(each.getClass()));
    assertThat(tested).isEqualTo(registered);
  }
}
