package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.constant.ConstantEngine;
import io.stagemark.task.DetectionTask;
import io.stagemark.task.TaskBed;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSettings;
import io.stagemark.trial.session.CaseSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrialScorerTest {
  private static final EngineSettings SETTINGS = new EngineSettings(Device.CPU, 1, Map.of());

  private static ModelCard card(TaskSettings settings) {
    return new ModelCard(
        "none", "", "", "", Path.of("none"), Map.of(), List.of(), List.of(), settings);
  }

  private static TensorSpec spec(String name, Long... shape) {
    return new TensorSpec(name, ElementType.FLOAT32, List.of(shape));
  }

  // the card leaves the rows open, so that only the session shows which decoder's they are
  @Test
  void scorer_lossThatTheDecoderCannotGive_isRefusedBeforeAnythingIsMeasured() throws Exception {
    long side = TaskBed.SIDE;
    List<TensorSpec> inputs = List.of(spec("images", 1L, 3L, side, side));
    List<TensorSpec> outputs = List.of(spec("y", 1L, TensorSpec.DYNAMIC, 6L));
    TaskSettings settings = TaskBed.settings("detection", TaskBed.decoder("yolov10"), Map.of(), 1);
    CaseSpec spec = new CaseSpec(card(settings), "constant", SETTINGS, 1);
    DetectionTask task = new DetectionTask();
    task.check(settings, inputs, outputs, List.of("focal"));
    Engine engine = new ConstantEngine();
    ModelFile file = new ModelFile("none", Optional.empty(), inputs, outputs);
    try (LoadedModel model = engine.load(file, SETTINGS);
        EngineSession session = model.newSession()) {
      assertThat(CaseSession.scorer(task, spec, session, List.of("coco-ap")).needsOutputs())
          .isFalse();
      assertThatThrownBy(() -> CaseSession.scorer(task, spec, session, List.of("focal")))
          .isInstanceOf(TaskException.class)
          .hasMessageStartingWith("decoder yolov10 gives no score of each class");
    }
  }
}
