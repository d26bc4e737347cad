package io.stagemark.scoring.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The double nearest to the true sum, whatever the order and the parts. */
final class ExactSumProperties {

  @Provide
  Arbitrary<List<Double>> terms() {
    Arbitrary<Double> any =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> usual = Arbitraries.doubles().between(-10, 10);
    return Arbitraries.oneOf(any, usual).list().ofMaxSize(60);
  }

  private static double sum(List<Double> terms) {
    ExactSum sum = new ExactSum();
    terms.forEach(sum::add);
    return sum.value();
  }

  @Property
  void value_isTheDoubleNearestToTheTrueSum(@ForAll("terms") List<Double> terms) {
    BigDecimal whole = terms.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum(terms)).isEqualTo(whole.doubleValue());
  }

  @Property
  void value_anyOrderAndAnyParts_isTheSame(@ForAll("terms") List<Double> terms, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<Double> shuffled = new ArrayList<>(terms);
    Collections.shuffle(shuffled, random);
    ExactSum whole = new ExactSum();
    ExactSum part = new ExactSum();
    for (double term : shuffled) {
      part.add(term);
      if (random.nextInt(4) == 0) {
        add(part, whole);
        part = new ExactSum();
      }
    }
    add(part, whole);
    assertThat(whole.value()).isEqualTo(sum(terms));
  }

  private static void add(ExactSum from, ExactSum to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    from.write(new DataOutputStream(bytes));
    to.add(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  // 1 + 2^-53 is halfway between 1 and the next double; the even one is 1. A last bit decides.
  @Example
  void value_ofATie_isTheEvenOne() {
    double half = 0x1p-53;
    assertThat(sum(List.of(1.0, half))).isEqualTo(1.0);
    assertThat(sum(List.of(1.0, half, Double.MIN_VALUE))).isEqualTo(1.0 + 0x1p-52);
    assertThat(sum(List.of(1.0 + 0x1p-52, half))).isEqualTo(1.0 + 0x1p-51);
    assertThat(sum(List.of(1.0 + 0x1p-52, half, -Double.MIN_VALUE))).isEqualTo(1.0 + 0x1p-52);
  }

  @Example
  void value_atTheEndsOfTheRange_isExact() {
    double max = Double.MAX_VALUE;
    assertThat(sum(List.of(max, max, -max))).isEqualTo(max);
    assertThat(sum(List.of(max, max))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(List.of(-max, -max))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sum(List.of(Double.MIN_VALUE, max, -max))).isEqualTo(Double.MIN_VALUE);
    assertThat(sum(List.of())).isEqualTo(0.0);
    assertThat(sum(List.of(-0.0))).isEqualTo(0.0);
  }

  @Example
  void value_ofNumbersThatAreNotFinite_goesThrough() throws IOException {
    assertThat(sum(List.of(1.0, Double.NaN))).isNaN();
    assertThat(sum(List.of(1.0, Double.POSITIVE_INFINITY))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(List.of(Double.NEGATIVE_INFINITY))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sum(List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))).isNaN();
    ExactSum whole = new ExactSum();
    whole.add(Double.NEGATIVE_INFINITY);
    ExactSum part = new ExactSum();
    part.add(Double.POSITIVE_INFINITY);
    add(part, whole);
    assertThat(whole.value()).isNaN();
  }
}
