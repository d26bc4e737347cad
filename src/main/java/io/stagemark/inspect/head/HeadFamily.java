package io.stagemark.inspect.head;

import java.util.List;

/** A family of heads: the rule by which its outputs are recognised. */
interface HeadFamily {
  /**
   * Returns the heads of this family that the outputs could be, usually none or one.
   *
   * @param model what is known before its head is
   */
  List<Head> match(HeadContext model);
}
