package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class VectorApiTest {
  interface Doubling {
    int of(int value);
  }

  /** Calls a method that no JDK has, as a loop compiled for another JDK would. */
  static final class Unlinkable implements Doubling, VectorLoop {
    @Override
    public int of(int value) {
      throw new NoSuchMethodError("'void FloatVector.intoNothing()'");
    }

    @Override
    public void runEveryPath() {
      of(1);
    }
  }

  static final class Linkable implements Doubling, VectorLoop {
    private int runs;

    @Override
    public int of(int value) {
      return 2 * value;
    }

    @Override
    public void runEveryPath() {
      runs++;
    }
  }

  @Test
  void choose_methodThatTheJdkLacks_takesTheTwinAndNamesTheLoop() {
    assumeVectors();
    Doubling chosen =
        VectorApi.choose(Doubling.class, "VectorApiTest$Unlinkable", () -> value -> value + value);
    assertThat(chosen.of(21)).isEqualTo(42);
    assertThat(VectorApi.description())
        .contains("Unlinkable: NoSuchMethodError: 'void FloatVector.intoNothing()'")
        .isNotEqualTo(VectorApi.ALL_VECTOR);
  }

  @Test
  void find_loopThatLinks_isHandedOutAsMade() {
    assumeVectors();
    Doubling found = VectorApi.find(Doubling.class, "VectorApiTest$Linkable").orElseThrow();
    assertThat(found).isInstanceOf(Linkable.class);
    // the paths were run on an object of its own
    assertThat(((Linkable) found).runs).isZero();
  }

  private static void assumeVectors() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "this JVM has no Vector API: no loop is chosen");
  }
}
