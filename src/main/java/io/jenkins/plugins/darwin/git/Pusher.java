package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** One push, and what its answer means. */
final class Pusher {
    /** What servers say of a ref that only shares another's fate in an atomic push. */
    private static final Pattern BYSTANDER =
            Pattern.compile("atomic (push|transaction) fail.*|transaction aborted.*|aborted.*");
    /** Two pushes at the same instant: the loser may hear of the lock before the ref has moved. */
    private static final Pattern LOCKED = Pattern.compile(
            ".*(failed to lock|cannot lock|lock error|lock failure|failed to update ref|"
                    + "already exists|invalid old id).*",
            Pattern.CASE_INSENSITIVE);

    private final Repository local;
    private final RemoteLink link;

    Pusher(Repository local, RemoteLink link) {
        this.local = local;
        this.link = link;
    }

    PushOutcome push(List<RefUpdate> updates) throws IOException {
        requireDistinct(updates);
        if (updates.isEmpty()) {
            return new PushOutcome.Done();
        }
        List<RemoteRefUpdate> asked = new ArrayList<>();
        for (RefUpdate update : updates) {
            asked.add(new RemoteRefUpdate(
                    local,
                    null,
                    Ids.of(update.target()),
                    update.ref(),
                    false,
                    update.ref(),
                    update.expectedOld().map(Ids::of).orElse(ObjectId.zeroId())));
        }
        PushResult result = link.push(local, asked);
        List<RemoteRefUpdate> failed = asked.stream().filter(u -> !isDone(u)).toList();
        return failed.isEmpty() ? new PushOutcome.Done() : new PushOutcome.Rejected(reasons(updates, failed, result));
    }

    private static void requireDistinct(List<RefUpdate> updates) {
        Set<String> seen = new HashSet<>();
        for (RefUpdate update : updates) {
            if (!seen.add(update.ref())) {
                throw ReleaseException.usage("One push can't move " + update.ref() + " twice.");
            }
        }
    }

    private static boolean isDone(RemoteRefUpdate update) {
        return update.getStatus() == RemoteRefUpdate.Status.OK
                || update.getStatus() == RemoteRefUpdate.Status.UP_TO_DATE;
    }

    /** Texts differ from server to server; what the refs hold now does not, so that is asked first. */
    private List<PushOutcome.Rejection> reasons(
            List<RefUpdate> updates, List<RemoteRefUpdate> failed, PushResult result) throws IOException {
        Map<String, Ref> now = link.refs(local);
        List<PushOutcome.Rejection> culprits = new ArrayList<>();
        List<PushOutcome.Rejection> bystanders = new ArrayList<>();
        for (RemoteRefUpdate update : failed) {
            RefUpdate wanted = updates.stream()
                    .filter(u -> u.ref().equals(update.getRemoteName()))
                    .findFirst()
                    .orElseThrow();
            String found = found(now.get(wanted.ref()));
            String expected = wanted.expectedOld().map(id -> id.sha()).orElse("nothing");
            String text = update.getMessage() == null ? "" : update.getMessage().strip();
            if (!found.equals(expected)) {
                culprits.add(new PushOutcome.Rejection(
                        wanted.ref(),
                        PushOutcome.Reason.MOVED,
                        "it moved meanwhile: expected " + shorten(expected) + ", found " + shorten(found)));
            } else if (LOCKED.matcher(text).matches()) {
                culprits.add(new PushOutcome.Rejection(
                        wanted.ref(),
                        PushOutcome.Reason.MOVED,
                        "somebody else is pushing to it at this moment (" + GitNames.printable(text) + ")"));
            } else if (update.getStatus() == RemoteRefUpdate.Status.REJECTED_NONFASTFORWARD) {
                culprits.add(new PushOutcome.Rejection(
                        wanted.ref(),
                        PushOutcome.Reason.DENIED,
                        "it would lose commits: " + shorten(expected) + " is not in the history of "
                                + wanted.target().abbreviated()));
            } else {
                boolean bystander = text.isEmpty() || BYSTANDER.matcher(text).matches();
                (bystander ? bystanders : culprits)
                        .add(new PushOutcome.Rejection(wanted.ref(), PushOutcome.Reason.DENIED, said(text, result)));
            }
        }
        return culprits.isEmpty() ? bystanders : culprits;
    }

    private static String said(String text, PushResult result) {
        String messages = result.getMessages().strip().replaceAll("\\s*\\R\\s*", " / ");
        return "the server refused it: " + GitNames.printable(text.isEmpty() ? "no reason given" : text, 200)
                + (messages.isEmpty() ? "" : " (" + GitNames.printable(messages, 600) + ")");
    }

    private static String found(Ref ref) {
        return ref == null || ref.getObjectId() == null
                ? "nothing"
                : ref.getObjectId().name();
    }

    private static String shorten(String id) {
        return id.length() == 40 ? id.substring(0, 12) : id;
    }
}
