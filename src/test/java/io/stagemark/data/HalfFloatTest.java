package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatTest {

  @Test
  void of_everyHalf_comesBack() {
    for (int bits = 0; bits < 65536; bits++) {
      float value = HalfFloat.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.of(value)).isEqualTo((short) bits);
      }
    }
  }

  // IEEE 754-2019: 1 + 2^-11 is between 1 and 1 + 2^-10 and goes to the even one, 1
  @Test
  void of_halfway_goesToEven() {
    assertThat(HalfFloat.of(1 + 0x1p-11)).isEqualTo((short) 0x3C00);
    assertThat(HalfFloat.of(1 + 3 * 0x1p-11)).isEqualTo((short) 0x3C02);
    assertThat(HalfFloat.of(0x1p-25)).isEqualTo((short) 0);
    assertThat(HalfFloat.of(3 * 0x1p-25)).isEqualTo((short) 2);
  }

  @Test
  void of_aboveTheLargest_isInfinite() {
    assertThat(HalfFloat.of(65504)).isEqualTo((short) 0x7BFF);
    assertThat(HalfFloat.of(65519.99)).isEqualTo((short) 0x7BFF);
    assertThat(HalfFloat.of(65520)).isEqualTo((short) 0x7C00);
    assertThat(HalfFloat.of(-1e9)).isEqualTo((short) 0xFC00);
    assertThat(HalfFloat.toFloat(HalfFloat.of(Double.NaN))).isNaN();
  }
}
