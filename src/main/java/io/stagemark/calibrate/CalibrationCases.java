package io.stagemark.calibrate;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.LoadSettings;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.MeasureSettings.Extras;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.config.MeasureSettings.Limits;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.config.MeasureSettings.Warmup;
import io.stagemark.config.MeasureSettings.Window;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.programmable.LatencyPattern;
import io.stagemark.engine.programmable.LatencyPattern.Shape;
import io.stagemark.engine.programmable.ProgrammableEngine;
import io.stagemark.task.TaskSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that a calibration makes: the settings of the programmable engine, and how long it is
 * measured.
 */
final class CalibrationCases {
  private static final long SEED = 7;
  static final int EXAMPLES = 4;

  private final Path folder;
  private final Certification.Effort effort;

  CalibrationCases(Path folder, Certification.Effort effort) {
    this.folder = folder;
    this.effort = effort;
  }

  /** Returns what a pattern's forwards are to take. */
  LatencyPattern pattern(Shape shape) {
    return new LatencyPattern(shape, effort.micros() * 1000L, SEED);
  }

  /** Writes the examples; call it before a run. */
  void writeExamples() throws IOException {
    Path tensors = Files.createDirectories(folder.resolve("tensors"));
    for (int i = 0; i < EXAMPLES; i++) {
      Tensor tensor = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(4L)));
      for (int j = 0; j < 4; j++) {
        tensor.floats().put(j, 4 * i + j);
      }
      NpyWriter.write(tensors.resolve(i + ".npy"), tensor);
    }
  }

  /** One batch after the other, each shape a case. */
  RunConfig closedLoop() {
    List<CaseSpec> cases = new ArrayList<>();
    for (Shape shape : effort.shapes()) {
      cases.add(
          spec(
              shape.label(),
              Map.of(
                  "distribution",
                  shape.label(),
                  "micros",
                  Integer.toString(effort.micros()),
                  "seed",
                  Long.toString(SEED),
                  "record",
                  "true")));
    }
    return config("closed", cases, effort.batches(), LoadSettings.singleStream());
  }

  /** Arrivals at a rate, on a machine that stalls. */
  RunConfig server() {
    CaseSpec stalling =
        spec(
            "stalling",
            Map.of(
                "micros",
                Integer.toString(effort.micros()),
                "stallMillis",
                Integer.toString(effort.stallMillis()),
                "stallEveryMillis",
                Integer.toString(10 * effort.stallMillis()),
                "record",
                "true"));
    return config("server", List.of(stalling), effort.arrivals(), serverLoad());
  }

  LoadSettings serverLoad() {
    return new LoadSettings(
        LoadSettings.Scenario.SERVER,
        Optional.of(1),
        Optional.of((double) effort.ratePerSecond()),
        Optional.empty(),
        99,
        Optional.empty(),
        Optional.empty());
  }

  private CaseSpec spec(String name, Map<String, String> changed) {
    Map<String, String> options = new LinkedHashMap<>();
    for (EngineOption option : new ProgrammableEngine().info().options()) {
      options.put(option.name(), changed.getOrDefault(option.name(), option.defaultValue()));
    }
    ModelCard.Port port =
        new ModelCard.Port("x", ElementType.FLOAT32, List.of(ModelCard.Port.BATCH, 4L));
    ModelCard card =
        new ModelCard(
            name,
            "calibration: " + name,
            "Apache-2.0",
            "made by Stagemark; it has no file",
            folder,
            Map.of(),
            List.of(port),
            List.of(
                new ModelCard.Port("y", ElementType.FLOAT32, List.of(ModelCard.Port.BATCH, 4L))),
            new TaskSettings(
                "tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of())));
    return new CaseSpec(
        card, new ProgrammableEngine().name(), new EngineSettings(Device.CPU, 1, options), 1);
  }

  private RunConfig config(String name, List<CaseSpec> cases, int batches, LoadSettings load) {
    MeasureSettings measure =
        new MeasureSettings(
            effort.trials(),
            new Goal(Optional.empty(), effort.trials(), 1),
            new Warmup(0.2, 20, 0.2),
            new Window(0, batches, batches, TotalFrom.FILE),
            SEED,
            new Limits(600, 256),
            new Extras(false, false, false),
            load);
    return new RunConfig(
        "calibration-" + name,
        folder.resolve("calibration.yaml"),
        new DatasetSettings(
            "tensors", folder.resolve("tensors"), Optional.empty(), Optional.empty()),
        cases,
        measure,
        List.of(),
        List.of(),
        folder.resolve(name));
  }
}
