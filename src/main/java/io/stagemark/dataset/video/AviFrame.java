package io.stagemark.dataset.video;

/**
 * A frame of a video stream.
 *
 * @param number in the stream, from 0
 * @param offset of its first byte in the file
 * @param bytes how many; 0 for a frame that was dropped: a player repeats the one before
 */
record AviFrame(long number, long offset, long bytes) {}
