package io.stagemark.postprocess.nms;

/** A rule other than greedy suppression. Memory is reused; not thread-safe. */
interface NmsVariant {

  /**
   * Applies the rule.
   *
   * @param boxes rules that decay scores write the new ones here
   * @return how many boxes are kept; {@link #kept} has them
   */
  int run(DoubleBoxes boxes);

  /** Returns indices of the kept boxes in the rule's order; valid until the next {@link #run}. */
  int[] kept();
}
