package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.html.HtmlReporter;
import io.stagemark.spi.Registry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every reporter of the program keeps to the contract. */
final class BuiltInReportersTest {
  @Nested
  final class OfConsoleReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new ConsoleReporter();
    }
  }

  @Nested
  final class OfVerboseReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new VerboseReporter();
    }
  }

  @Nested
  final class OfMarkdownReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new MarkdownReporter();
    }
  }

  @Nested
  final class OfHtmlReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new HtmlReporter();
    }
  }

  @Nested
  final class OfJsonReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new JsonReporter();
    }
  }

  @Nested
  final class OfImagesReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new ImagesReporter();
    }
  }

  @Test
  void reporters_onTheClassPath_areThoseTestedHere() {
    List<String> tested =
        Arrays.stream(getClass().getDeclaredClasses())
            .map(each -> each.getSimpleName().substring("Of".length()))
            .toList();
    assertThat(
            Registry.discover(Reporter.class, getClass().getClassLoader()).all().stream()
                .map(each -> each.getClass().getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(tested);
  }
}
