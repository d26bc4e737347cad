package io.stagemark.flops.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.engine.ScriptProfiler.Event;
import io.stagemark.flops.torchscript.CalledOperator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose call an event of libtorch's profile is. */
final class TorchTimesTest {
  private static final List<CalledOperator> CALLED =
      List.of(
          new CalledOperator("conv2d", "a/conv2d"),
          new CalledOperator("relu", "a/relu"),
          new CalledOperator("conv2d", "b/conv2d"));

  // medians of three runs: 20, 3 and 7 µs
  @Test
  void place_asManyEventsAsCalls_givesTheNthEventToTheNthCall() {
    TorchTimes.PlacedTimes placed =
        TorchTimes.place(CALLED, List.of(run(10, 3, 7), run(20, 2, 9), run(30, 4, 5)));

    assertThat(placed.seconds().keySet()).containsExactly("a/conv2d", "a/relu", "b/conv2d");
    assertThat(placed.seconds().get("a/conv2d")).isCloseTo(20e-6, within(1e-12));
    assertThat(placed.seconds().get("a/relu")).isCloseTo(3e-6, within(1e-12));
    assertThat(placed.seconds().get("b/conv2d")).isCloseTo(7e-6, within(1e-12));
    assertThat(placed.unplaced()).isEmpty();
  }

  @Test
  void place_otherNumberOfEvents_sumsThemUnderTheirOwnName() {
    List<Event> run =
        List.of(
            new Event("aten::conv2d", 10), new Event("aten::relu", 3), new Event("aten::item", 1));

    TorchTimes.PlacedTimes placed = TorchTimes.place(CALLED, List.of(run));

    assertThat(placed.seconds().keySet()).containsExactly("aten::conv2d", "a/relu", "aten::item");
    assertThat(placed.unplaced()).containsExactly("aten::conv2d");
  }

  private static List<Event> run(double first, double relu, double second) {
    return List.of(
        new Event("aten::conv2d", first),
        new Event("aten::relu", relu),
        new Event("aten::conv2d", second));
  }
}
