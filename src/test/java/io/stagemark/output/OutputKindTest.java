package io.stagemark.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.Reporter;
import io.stagemark.report.SampleRun;
import io.stagemark.report.comparison.ComparisonReporter;
import io.stagemark.spi.Registry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputKindTest {
  @TempDir Path folder;

  @Test
  void names_ofARun_haveWhatEveryReporterWrites() throws Exception {
    for (Reporter reporter :
        Registry.discover(Reporter.class, Reporter.class.getClassLoader()).all()) {
      assertThat(reporter.render(SampleRun.complete(), OutputTree.of(folder)).files())
          .as(reporter.name())
          .allMatch(file -> OutputKind.RUN.names().contains(file.replaceAll("/.*", "")));
    }
  }

  @Test
  void names_ofAComparison_haveWhatEveryReporterWrites() {
    for (ComparisonReporter reporter :
        Registry.discover(ComparisonReporter.class, Reporter.class.getClassLoader()).all()) {
      assertThat(reporter.file().stream().toList())
          .as(reporter.name())
          .allMatch(OutputKind.COMPARISON.names()::contains)
          .allMatch(OutputKind.GATE.names()::contains);
    }
  }
}
