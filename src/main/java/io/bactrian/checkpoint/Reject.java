package io.bactrian.checkpoint;

/**
 * A record that could not be processed, kept byte for byte.
 *
 * @param ordinal its ordinal in the planned file, from 1
 * @param offset byte offset of its first byte in the file
 * @param bytes its bytes as they stand in the file, the line end included; do not write into them
 * @param reason what was found in it, and what was allowed
 */
@SuppressWarnings("ArrayRecordComponent") // Rejects are not compared.
public record Reject(long ordinal, long offset, byte[] bytes, String reason) {}
