package io.stagemark.result;

/**
 * An example whose picture could not be decoded: times and scores are without it.
 *
 * @param id in the data set
 * @param reason why, without the machine's folders
 */
public record UnreadableExample(String id, String reason) {}
