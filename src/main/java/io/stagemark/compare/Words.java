package io.stagemark.compare;

import io.stagemark.config.Policy.Factor;
import java.util.Locale;

/** Names of factors as a policy writes them. */
final class Words {
  private Words() {}

  static String of(Factor factor) {
    return factor.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
