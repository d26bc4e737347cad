package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.export.BencherReporter;
import io.stagemark.report.export.BenchfmtReporter;
import io.stagemark.report.export.CsvReporter;
import io.stagemark.report.export.GithubBenchmarkReporter;
import io.stagemark.report.export.HyperfineReporter;
import io.stagemark.report.export.JmhReporter;
import io.stagemark.report.export.LoadgenSummaryReporter;
import io.stagemark.report.export.ModelIndexReporter;
import io.stagemark.report.export.OpenMetricsReporter;
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
  final class OfJsonReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new JsonReporter();
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
  final class OfImagesReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new ImagesReporter();
    }
  }

  @Nested
  final class OfBencherReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new BencherReporter();
    }
  }

  @Nested
  final class OfBenchfmtReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new BenchfmtReporter();
    }
  }

  @Nested
  final class OfCsvReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new CsvReporter();
    }
  }

  @Nested
  final class OfGithubBenchmarkReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new GithubBenchmarkReporter();
    }
  }

  @Nested
  final class OfHyperfineReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new HyperfineReporter();
    }
  }

  @Nested
  final class OfJmhReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new JmhReporter();
    }
  }

  @Nested
  final class OfLoadgenSummaryReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new LoadgenSummaryReporter();
    }
  }

  @Nested
  final class OfModelIndexReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new ModelIndexReporter();
    }
  }

  @Nested
  final class OfOpenMetricsReporter extends ReporterContract {
    @Override
    protected Reporter reporter() {
      return new OpenMetricsReporter();
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
