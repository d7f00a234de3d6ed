/**
 * The commands over HTTP: what {@code cli} asks of a database, asked of the REST API of a server.
 *
 * <p>Entry point: {@link io.bactrian.remote.RemoteClient}. Then {@code Http} (one request, with
 * patience where the server asks for it), {@code Answers} (JSON of the contract as our records),
 * one class for each part of the client. Invariants: an answer that is not as the contract says is
 * an error that names the server; the key stands in no message; nothing is sent twice that could
 * act twice.
 */
@NullMarked
package io.bactrian.remote;

import org.jspecify.annotations.NullMarked;
