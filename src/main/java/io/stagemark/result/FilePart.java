package io.stagemark.result;

/**
 * Where in its file an example is, if the file has several.
 *
 * @param offset of its first byte, from 0
 * @param bytes how many
 */
public record FilePart(long offset, long bytes) {}
