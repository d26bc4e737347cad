package io.stagemark.trial.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RealCatalog;
import io.stagemark.config.RunConfig;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.spi.Registry;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choosing the size of a batch allocates nothing: the stages and sessions under it are fakes. */
final class SizedAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  /** A task whose stages do nothing. */
  private static final class Idle implements Task, TaskSession {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public List<String> scores() {
      return List.of();
    }

    @Override
    public TaskSession bind(
        TaskSettings settings,
        List<Tensor> inputs,
        List<TensorSpec> outputSpecs,
        IntFunction<Tensor> outputs) {
      return new Idle();
    }

    @Override
    public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void decode(int slot, ExampleSource source) {}

    @Override
    public void preprocess(int count) {}

    @Override
    public void postprocess(int count) {}

    @Override
    public Prediction prediction(int slot) {
      return new Prediction.Raw();
    }

    @Override
    public Observation observe(int slot, boolean withOutputs) {
      return new Observation(prediction(slot), List.of(), Optional.empty());
    }

    @Override
    public void close() {}
  }

  private RunConfig config() throws Exception {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: t
        licence: none
        provenance: none
        task: tensors
        inputs: [{name: x, type: float32, shape: [N, 3, "?", "?"]}]
        outputs: [{name: y, type: float32, shape: [N, 8]}]
        preprocess: {resize: letterbox, longerSidePx: 64, padStridePx: 16}
        """);
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: sizes
            dataset: {format: images, images: %s}
            cases: {model: [./model], engine: [constant], threads: [1]}
            output: out
            """
                .formatted(Path.of("configs/data/quickstart").toAbsolutePath()));
    return new ConfigReader(RealCatalog.of(folder.resolve("out"))).read(file, List.of());
  }

  private static void batches(
      EngineSession session, TaskSession stages, ExampleSource[] sources, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      stages.decode(0, sources[i % sources.length]);
      stages.preprocess(1);
      session.forward();
      stages.postprocess(1);
      session.output(0);
    }
  }

  @Test
  void batch_ofAnySize_allocatesNothing() throws Exception {
    RunConfig config = config();
    CaseSpec spec = config.cases().get(0);
    List<Example> examples = Datasets.open(config.dataset(), spec.model().view()).examples();
    Engine engine = Registry.discover(Engine.class, getClass().getClassLoader()).get(spec.engine());
    try (LoadedModel model = engine.load(CaseSession.modelFile(spec, engine), spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(new Idle(), spec, session, examples)) {
      ExampleSource[] sources =
          examples.stream()
              .map(example -> new ExampleSource.ImageFile(example.source()))
              .toArray(ExampleSource[]::new);
      batches(session, stages, sources, 20_000);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 3; round++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        batches(session, stages, sources, 10_000);
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isLessThan(10_000); // less than a byte a batch
      assertThat(CaseSizes.of(spec, examples)).hasSize(2);
    }
  }
}
