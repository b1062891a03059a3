package io.jenkins.plugins.darwin.testing;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A proxy before a registry that writes down every request, counts those that may change something, and fails on demand.
 *
 * <p>For a crash matrix: {@code crashAfterMutation(n)} for n = 0, 1, 2, ... lets exactly n changes happen and then cuts
 * every connection, as if our own process had died; {@code heal()}, run again, compare. Give the client
 * {@code RetryPolicy.NEVER}, or it will keep trying.
 */
public final class RecordingProxy extends ReverseProxy {
    private final List<WireRequest> requests = new ArrayList<>();
    private Function<WireRequest, Fault> rule = request -> Fault.NONE;
    private int mutations;

    private RecordingProxy(URI upstream) throws IOException {
        super(upstream);
    }

    /** Stands before this registry. @param upstream {@code http://host:port} */
    public static RecordingProxy before(URI upstream) throws IOException {
        return new RecordingProxy(upstream);
    }

    @Override
    synchronized Fault decide(WireRequest request) {
        requests.add(request);
        if (request.mutating()) {
            mutations++;
        }
        return rule.apply(request);
    }

    /** All requests since the last {@link #reset}, in order. */
    public synchronized List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many of them may change something. */
    public synchronized int mutations() {
        return mutations;
    }

    /** Forgets all requests and begins to count anew; the rule stays. */
    public synchronized void reset() {
        requests.clear();
        mutations = 0;
    }

    /** Decides what happens to each request from now on. Called for one request at a time. */
    public synchronized void rule(Function<WireRequest, Fault> value) {
        rule = value;
    }

    /** No more faults. */
    public void heal() {
        rule(request -> Fault.NONE);
    }

    /** Counts anew; the n-th mutating request (from 1) meets the fault, all others pass. */
    public synchronized void failMutation(int n, Fault fault) {
        reset();
        rule(request -> request.mutating() && mutations == n ? fault : Fault.NONE);
    }

    /** Counts anew; n mutating requests pass, and from then on every connection is cut, for reads too, until {@link #heal}. */
    public synchronized void crashAfterMutation(int n) {
        reset();
        boolean[] dead = {false};
        rule(request -> {
            dead[0] |= request.mutating() && mutations > n;
            return dead[0] ? new Fault.CutBefore() : Fault.NONE;
        });
    }

    /** Counts anew; the n-th mutating request (from 1) is done, its answer is lost, and then every connection is cut. */
    public synchronized void crashDuringMutation(int n) {
        reset();
        boolean[] dead = {false};
        rule(request -> {
            if (dead[0]) {
                return new Fault.CutBefore();
            }
            dead[0] = request.mutating() && mutations == n;
            return dead[0] ? new Fault.CutAfter() : Fault.NONE;
        });
    }
}
