package io.stagemark.trial.session;

import io.stagemark.config.ConfigReader;
import io.stagemark.config.RealCatalog;
import io.stagemark.config.RunConfig;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A task whose stages do nothing, and a config of the four photographs, which have two sizes. */
public final class IdleTask implements Task, TaskSession {
  private static final int MAX_KEPT = 100;

  private final List<String> decoded = new ArrayList<>();

  /** Returns the names of the first pictures that were decoded. */
  public List<String> decoded() {
    return decoded;
  }

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
    return this;
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void decode(int slot, ExampleSource source) {
    if (decoded.size() < MAX_KEPT && source instanceof ExampleSource.ImageFile image) {
      decoded.add(String.valueOf(image.file().path().getFileName()));
    }
  }

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

  /** Returns a config of one case, whose engine does nothing either. */
  public static RunConfig config(Path folder) throws Exception {
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
}
