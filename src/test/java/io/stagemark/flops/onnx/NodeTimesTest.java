package io.stagemark.flops.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.engine.NodeExecution;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Own time of each node from a profile's events. */
final class NodeTimesTest {

  // the loop takes 100 µs, of which its body's two additions 30 and 40: 30 are its own
  @Test
  void byNode_loop_hasItsOwnTimeWithoutItsBody() {
    Map<String, Double> seconds =
        NodeTimes.byNode(
            List.of(
                event(0, "loop", "Loop", 0, 100),
                event(0, "add", "Add", 10, 30),
                event(0, "add", "Add", 50, 40),
                event(0, "after", "Relu", 100, 5)),
            0,
            1);

    assertThat(seconds.get("loop")).isCloseTo(30e-6, within(1e-12));
    assertThat(seconds.get("add")).isCloseTo(70e-6, within(1e-12));
    assertThat(seconds.get("after")).isCloseTo(5e-6, within(1e-12));
  }

  // the first run is a warm-up; of 8, 2 and 4 the median is 4
  @Test
  void byNode_runs_areSummarisedByTheirMedianAfterTheWarmUp() {
    Map<String, Double> seconds =
        NodeTimes.byNode(
            List.of(
                event(0, "a", "Relu", 0, 999),
                event(1, "a", "Relu", 1000, 8),
                event(2, "a", "Relu", 1010, 2),
                event(3, "a", "Relu", 1020, 4)),
            1,
            3);

    assertThat(seconds.get("a")).isCloseTo(4e-6, within(1e-12));
  }

  private static NodeExecution event(int run, String node, String op, long start, long micros) {
    return new NodeExecution(run, node, op, List.of(), List.of(), start, micros);
  }
}
