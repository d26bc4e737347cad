package io.stagemark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.SampleRun;
import io.stagemark.result.Certificate;
import io.stagemark.result.Certificate.Form;
import io.stagemark.result.Certificate.Line;
import io.stagemark.result.Environment;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.progress.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates are kept, and what a run says where none is. */
final class CertificatesTest {
  private static final Environment HERE = SampleRun.complete().environment();

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private String key = "";
  private int made;

  private final RunListener listener =
      new RunListener() {
        @Override
        public void note(String text) {
          notes.add(text);
        }

        @Override
        public void failure(String caseLabel, int trial, String reason) {
          throw new AssertionError(reason);
        }
      };

  @BeforeEach
  void findKey() throws IOException {
    key = Certificates.key(HERE);
  }

  /** The p90 of a pattern is reported so many percent too high, which the tolerance allows. */
  private Certificate erring(Form form, double percent) {
    Line good = new Line("constant", "p50", 100.1, 100, 100, 99, 0.5);
    Line p90 = new Line("pareto", "p90", 100 + percent, 100, 200, 99, 0.5);
    return new Certificate(
        key, "2026-01-02T03:04:05Z", "Some CPU", "Vendor 17", form, List.of(good, p90));
  }

  /** A machine on which the tries of the short form err as given, the last one again and again. */
  private Certificates making(double... percents) {
    return new Certificates(
        folder,
        Optional.of(
            (ignored, interruption) ->
                erring(Form.SHORT, percents[Math.min(made++, percents.length - 1)])));
  }

  private Certificates reading() {
    return new Certificates(folder, Optional.empty());
  }

  private void prepare(Certificates certificates) throws Exception {
    certificates.prepare(HERE, listener, new Interruption());
  }

  @Test
  void refusal_statedErrorBeyondFivePercent_isNamed() {
    assertThat(erring(Form.SHORT, 5).refusal()).isEmpty();
    assertThat(erring(Form.SHORT, 5.004).refusal()).isEmpty(); // stated as 5.00
    assertThat(erring(Form.SHORT, 5.006).refusal()).hasValue("p90 ±5.01 %, more than 5 %");
    assertThat(erring(Form.LONG, -5.006).refusal()).isPresent();
    assertThat(erring(Form.SHORT, 56).refusal()).hasValue("p90 ±56.00 %, more than 5 %");
    assertThat(erring(Form.SHORT, Double.NaN).refusal()).isPresent();
    // what a figure allows does not matter: the truth half a percentile higher allows 56 % here
    assertThat(erring(Form.SHORT, 56).passed()).isTrue();
  }

  @Test
  void keep_beyondTheBound_writesNothing() throws Exception {
    assertThat(reading().keep(erring(Form.LONG, 5.1))).isEmpty();
    assertThat(folder).isEmptyDirectory();
    Optional<Path> file = reading().keep(erring(Form.LONG, 4.9));
    assertThat(file).hasValue(folder.resolve(key + ".json"));
    assertThat(ResultFiles.read(file.orElseThrow(), Certificate.class))
        .isEqualTo(erring(Form.LONG, 4.9));
    // an older one stays
    assertThat(reading().keep(erring(Form.LONG, 7))).isEmpty();
    assertThat(reading().summary(HERE))
        .isEqualTo("calibrated: p50 ±0.10 %, p90 ±4.90 % (2026-01-02)");
  }

  @Test
  void prepare_goodAtOnce_isMadeOnceAndQuoted() throws Exception {
    prepare(making(0.3));
    prepare(making(0.3));
    assertThat(made).isEqualTo(1);
    assertThat(notes).hasSize(2);
    assertThat(notes.get(1)).startsWith("calibrated: p50 ±0.10 %, p90 ±0.30 %").contains("kept in");
    assertThat(reading().summary(HERE)).startsWith("calibrated: p50 ±0.10 %, p90 ±0.30 % (short");
  }

  @Test
  void prepare_badThenGood_keepsTheGoodOne() throws Exception {
    Certificates certificates = making(56, 0.3);
    prepare(certificates);
    assertThat(made).isEqualTo(2);
    assertThat(notes.get(1))
        .isEqualTo("calibration: p90 ±56.00 %, more than 5 %: once more (2 of 3)");
    assertThat(certificates.summary(HERE)).startsWith("calibrated: p50 ±0.10 %, p90 ±0.30 %");
  }

  @Test
  void prepare_badEachTime_keepsNoneAndSaysWhy() throws Exception {
    Certificates certificates = making(56, 12, 5.5, 0.1);
    prepare(certificates);
    assertThat(made).isEqualTo(Certificates.MAX_TRIES).isEqualTo(3);
    assertThat(folder).isEmptyDirectory();
    String why = "p90 ±5.50 %, more than 5 %, in the last of 3 tries; the machine is busy";
    assertThat(notes).last().isEqualTo("calibration not kept: " + why);
    assertThat(certificates.summary(HERE))
        .isEqualTo("not certified on this machine: " + why + ": ./stagemark doctor --certify");
    // the next run tries again
    prepare(certificates);
    assertThat(certificates.summary(HERE)).startsWith("calibrated: p50 ±0.10 %, p90 ±0.10 %");
  }

  @Test
  void summary_storedBeyondTheBound_isNotUsed() throws Exception {
    Files.writeString(
        folder.resolve(key + "-short.json"), ResultFiles.text(erring(Form.SHORT, 56)));
    assertThat(reading().summary(HERE))
        .isEqualTo(
            "not certified on this machine: the stored certificate states p90 ±56.00 %, more than"
                + " 5 %: ./stagemark doctor --certify");
    prepare(making(0.3)); // made anew over it
    assertThat(made).isEqualTo(1);
    assertThat(reading().summary(HERE)).startsWith("calibrated: p50 ±0.10 %, p90 ±0.30 %");
  }

  @Test
  void summary_longFormBeyondTheBound_isTheShortOne() throws Exception {
    Files.writeString(folder.resolve(key + ".json"), ResultFiles.text(erring(Form.LONG, 6)));
    prepare(making(0.3));
    assertThat(reading().summary(HERE)).contains("p90 ±0.30 %", "short form");
  }

  @Test
  void summary_noFileOrUnreadableOne_saysSo() throws Exception {
    assertThat(reading().summary(HERE)).isEqualTo(Certificates.NONE);
    Files.writeString(folder.resolve(key + ".json"), "not JSON");
    assertThat(reading().summary(HERE)).startsWith("the certificate cannot be read (");
    prepare(making(0.3));
    assertThat(made).isZero();
  }
}
