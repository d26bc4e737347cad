package io.stagemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.spi.Registry;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every engine of the program has a test that keeps it to the contract. */
final class BuiltInEnginesTest {

  @TestFactory
  List<DynamicTest> engines_onTheClassPath_areTestedByTheContract() {
    return Registry.discover(Engine.class, getClass().getClassLoader()).all().stream()
        .map(engine -> engine.getClass().getName() + "Test")
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test,
                    () -> assertThat(EngineContract.class).isAssignableFrom(Class.forName(test))))
        .toList();
  }
}
