package io.stagemark.flops.onnx;

/** A constant of the model, and what its elements are used as. */
final class Origin {
  private final String name;
  private final OnnxType type;
  private final long elements;
  private final long zeros;
  private final boolean initializer;
  private boolean read;
  private boolean weight;
  private boolean statistic;
  private boolean setting;

  Origin(String name, OnnxType type, long elements, long zeros, boolean initializer) {
    this.name = name;
    this.type = type;
    this.elements = elements;
    this.zeros = zeros;
    this.initializer = initializer;
  }

  /** What an operator reads a constant as. */
  enum Use {
    /** Multiplied or added: weight, bias, scale of a normalisation, table. */
    WEIGHT,
    /** Running mean or variance, quantisation scale or zero point. */
    STATISTIC,
    /** A bound, a size, a factor of a resize: no parameter. */
    SETTING
  }

  /** Some node reads it: what none reads is no part of the network. */
  void read() {
    read = true;
  }

  void usedAs(Use use) {
    weight |= use == Use.WEIGHT;
    statistic |= use == Use.STATISTIC;
    setting |= use == Use.SETTING;
  }

  boolean isInitializer() {
    return initializer;
  }

  String name() {
    return name;
  }

  OnnxType type() {
    return type;
  }

  long elements() {
    return elements;
  }

  long zeros() {
    return zeros;
  }

  /**
   * A float initializer is a parameter unless it is used only as something else; an integer one,
   * and a constant made by a node, only if used as a weight.
   */
  boolean isParameter() {
    return weight || (read && initializer && type.isFloat() && !statistic && !setting);
  }

  boolean isStatistic() {
    return statistic && !weight;
  }
}
