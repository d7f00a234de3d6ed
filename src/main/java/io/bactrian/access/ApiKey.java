package io.bactrian.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A key, as it is kept.
 *
 * @param uuid its identity
 * @param principal who uses it and what they may do
 * @param createdAt when it was made
 * @param expiresAt when it ends
 * @param revokedAt when somebody ended it
 * @param isGood whether it lets anybody in now, by the database's clock
 */
public record ApiKey(
    UUID uuid,
    Principal principal,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> revokedAt,
    boolean isGood) {}
