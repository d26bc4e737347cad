package io.stagemark.dataset;

/** What happens with truth of classes that a model does not have. */
public enum UnknownClasses {
  /** It is bad input: a misspelt name would else lower a score. */
  REFUSE,
  /** It takes no part, and the number left out is reported. */
  LEAVE_OUT
}
