package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A list that a server gives in pages, each naming the next in a Link header (RFC 8288). It must come to an end: in pages,
 * entries and bytes, and never go round in a circle.
 */
final class Pages {
    static final int MOST_PAGES = 1_000;
    static final int MOST_ENTRIES = 100_000;
    static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final int LIMIT = 4 * 1024 * 1024;

    private final Transport transport;
    private final Transport.Call first;

    Pages(Transport transport, Transport.Call first) {
        this.transport = transport;
        this.first = first;
    }

    /** The tags of all pages; what can't be a tag is left out. Empty when the server does not know the repository. */
    List<String> tags() {
        List<String> all = new ArrayList<>();
        each(page -> {
            page.path("tags").forEach(text -> {
                if (Names.isTag(text.asText())) {
                    all.add(text.asText());
                }
            });
            return page.path("tags").size();
        });
        return all;
    }

    /** The referrers of all pages of an index; empty when the server has no such list. */
    Optional<Referrers> referrers() {
        List<Referrers> all = new ArrayList<>();
        boolean known = each(page -> {
            if (!page.path("manifests").isArray()) {
                throw ReleaseException.failed("the answer is not an index");
            }
            all.add(Referrers.read(page.path("manifests"), first.uri().getPath()));
            return page.path("manifests").size();
        });
        return known ? Optional.of(all.stream().reduce(Referrers.NONE, Referrers::plus)) : Optional.empty();
    }

    /** @param reader takes one page, and says how many entries it has */
    private boolean each(ToIntFunction<ObjectNode> reader) {
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(first.uri());
        int entries = 0;
        long bytes = 0;
        while (next.isPresent()) {
            if (!seen.add(next.get()) || !transport.server().covers(next.get())) {
                throw Reasons.failure(
                        first.action(), "the registry's pages go round in a circle or to another host", null);
            }
            requireEnd(seen.size() > MOST_PAGES, MOST_PAGES + " pages");
            Transport.Fetched page = transport.fetch(first.at(next.get()), LIMIT);
            if (page.status() != 200) {
                return false;
            }
            try {
                entries += reader.applyAsInt(Json.object(page.bytes(), "the answer"));
                next = LinkHeader.next(page.head().headers().allValues("Link"))
                        .map(link -> transport.resolve(page.head().uri(), link));
            } catch (ReleaseException e) {
                throw Reasons.failure(first.action(), e.getMessage(), e);
            }
            bytes += page.bytes().length;
            requireEnd(entries > MOST_ENTRIES, MOST_ENTRIES + " entries");
            requireEnd(bytes > MOST_BYTES, MOST_BYTES / 1024 / 1024 + " MiB");
        }
        return true;
    }

    private void requireEnd(boolean beyond, String ceiling) {
        if (beyond) {
            throw Reasons.failure(
                    first.action(),
                    "the registry's list has no end: expected at most " + ceiling
                            + "; a registry that really holds so much needs a repository of its own for releases",
                    null);
        }
    }
}
