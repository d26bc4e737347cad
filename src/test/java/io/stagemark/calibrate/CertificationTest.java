package io.stagemark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.engine.programmable.LatencyPattern;
import io.stagemark.engine.programmable.LatencyPattern.Shape;
import io.stagemark.engine.programmable.SpunTimes;
import io.stagemark.report.CertificateTable;
import io.stagemark.result.Certificate;
import io.stagemark.result.Certificate.Line;
import io.stagemark.run.progress.RunListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the calibration: every pattern through real trials. */
final class CertificationTest {
  @TempDir Path folder;

  private static final RunListener SILENT =
      new RunListener() {
        @Override
        public void failure(String caseLabel, int trial, String reason) {
          throw new AssertionError(caseLabel + " trial " + trial + ": " + reason);
        }
      };

  @Test
  void certify_shortForm_reportsWhatTheEngineTook() throws Exception {
    Certificate certificate =
        new Certification(folder, Certification.Effort.SHORT, SILENT).certify();
    assertThat(certificate.lines()).hasSize(2 * 4 + 2);
    assertThat(certificate.lines()).as(CertificateTable.of(certificate)).allMatch(Line::holds);
    assertThat(certificate.summary()).startsWith("calibrated: p50 ±").contains("corrected p99 ±");
    for (Line line : certificate.lines()) {
      if (line.figure().startsWith("p")) {
        // A batch holds its forward, and no forward ends before its time: exact on any machine.
        assertThat(line.reported()).isGreaterThanOrEqualTo(line.truth());
        assertThat(line.truth()).isGreaterThanOrEqualTo(line.nominal());
      }
    }
  }

  @Test
  void window_recordWithMoreBeforeAndAfter_isFoundWhereItFits() throws Exception {
    LatencyPattern pattern = new LatencyPattern(Shape.LOGNORMAL, 1_000_000, 3);
    ByteBuffer bytes = ByteBuffer.allocate(500 * 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 500; i++) {
      bytes.putLong(i).putLong(pattern.nanos(i));
    }
    Path file = Files.write(folder.resolve(SpunTimes.fileName(0)), bytes.array());
    SpunTimes spun = SpunTimes.read(file);
    long[] forward = new long[200];
    for (int i = 0; i < forward.length; i++) {
      forward[i] = spun.tookNanos(137 + i) + 150;
    }
    SpunRecords.Window window = SpunRecords.window(spun, forward);
    assertThat(window.first()).isEqualTo(137);
    assertThat(window.nanos()).isEqualTo(window.nominal(pattern)).hasSize(200);
  }

  @Test
  void summary_lineThatDoesNotHold_isNotCalibrated() {
    Line good = new Line("constant", "p50", 100.4, 100, 100, 99, 0.5);
    Line bad = new Line("pareto", "p50", 98, 100, 103, 99, 0.5);
    assertThat(new Line("pareto", "p50", 102.9, 100, 103, 99, 0.5).holds()).isTrue();
    assertThat(new Line("pareto", "p50", 103.1, 100, 103, 99, 0.5).holds()).isFalse();
    assertThat(certificate(good).summary()).isEqualTo("calibrated: p50 ±0.40 %");
    assertThat(certificate(good, bad).summary()).isEqualTo("NOT calibrated: p50 ±2.00 %");
    assertThat(certificate().passed()).isFalse();
  }

  private static Certificate certificate(Line... lines) {
    return new Certificate("k", "t", "m", "j", Certificate.Form.SHORT, java.util.List.of(lines));
  }
}
