package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.Certificate;
import io.stagemark.result.Certificate.Form;
import io.stagemark.result.Certificate.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code doctor --certify} says about the certificate that it made. */
final class DoctorCertificateTest {
  private static Certificate erring(double percent) {
    Line p90 = new Line("pareto", "p90", 100 + percent, 100, 200, 99, 0.5);
    return new Certificate("k", "t", "m", "j", Form.LONG, List.of(p90));
  }

  @Test
  void kept_aFile_isNamed() {
    assertThat(DoctorCommand.kept(Optional.of(Path.of("k.json")), erring(0.1)))
        .isEqualTo("certificate: k.json");
  }

  @Test
  void kept_none_saysWhyInOneLine() {
    assertThat(DoctorCommand.kept(Optional.empty(), erring(56)))
        .isEqualTo(
            "certificate not kept: p90 ±56.00 %, more than 5 %; the machine is busy: try again when"
                + " it is quiet");
  }

  // both lie between the truth and what half a percentile more would be: they pass
  @Test
  void json_errorBeyondTheBound_isNotCertified() {
    assertThat(erring(5).passed()).isTrue();
    assertThat(erring(5.1).passed()).isTrue();
    assertThat(DoctorCommand.json(List.of(), Optional.of(erring(5))))
        .contains("\"certified\" : true");
    assertThat(DoctorCommand.json(List.of(), Optional.of(erring(5.1))))
        .contains("\"certified\" : false");
  }
}
