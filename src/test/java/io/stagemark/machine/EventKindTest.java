package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.machine.Interval.EventKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bits of the samples' file, which readers in other languages know (decision 018). */
final class EventKindTest {
  @Test
  void bit_everyKind_isOneBitOfItsOwn() {
    assertThat(Stream.of(EventKind.values()).map(EventKind::bit))
        .doesNotHaveDuplicates()
        .allMatch(bit -> Long.bitCount(bit) == 1);
  }

  @Test
  void bit_kindsOfStoredFiles_areThoseOfTheFormat() {
    assertThat(EventKind.GC_PAUSE.bit()).isEqualTo(1);
    assertThat(EventKind.SAFEPOINT.bit()).isEqualTo(2);
    assertThat(EventKind.COMPILATION.bit()).isEqualTo(4);
    assertThat(EventKind.CPU_STEAL.bit()).isEqualTo(8);
    assertThat(EventKind.PREEMPTION.bit()).isEqualTo(16);
    assertThat(EventKind.PAGE_FAULT.bit()).isEqualTo(32);
    assertThat(EventKind.SHARED_CORE.bit()).isEqualTo(64);
  }
}
