package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Annotated tags and their signatures: a signature is appended to the bytes that it covers. */
final class TagObjects {
    private static final String BEGIN = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";

    private final Repository repository;

    TagObjects(Repository repository) {
        this.repository = repository;
    }

    byte[] unsigned(String name, CommitId target, Person tagger, Instant when, String message) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            TagBuilder tag = new TagBuilder();
            tag.setTag(GitNames.requireTag(name));
            tag.setObjectId(Ids.commit(walk, target));
            tag.setTagger(Ids.ident(tagger, when));
            tag.setMessage(Ids.message(message));
            byte[] bytes = tag.build();
            if (signatureAt(bytes) >= 0) {
                throw ReleaseException.usage("The message of tag " + name + " holds a line '" + BEGIN
                        + "', which Git would take for the tag's signature.");
            }
            return bytes;
        }
    }

    CommitId write(byte[] unsigned, String armoredSignature) throws IOException {
        String signature = armoredSignature.replace("\r\n", "\n").strip() + "\n";
        if (!signature.startsWith(BEGIN + "\n") || !signature.endsWith(END + "\n")) {
            throw ReleaseException.failed(
                    "Not a signature for a tag: expected an armoured detached signature, which begins with '" + BEGIN
                            + "'.");
        }
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            new ObjectChecker().checkTag(unsigned);
            RevTag tag = RevTag.parse(unsigned);
            GitNames.requireTag(tag.getTagName());
            walk.parseCommit(tag.getObject());
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(unsigned);
            whole.write(signature.getBytes(StandardCharsets.US_ASCII));
            ObjectId id = inserter.insert(Constants.OBJ_TAG, whole.toByteArray());
            inserter.flush();
            return Ids.of(id);
        } catch (CorruptObjectException e) {
            throw ReleaseException.failed("Not the bytes of a tag: " + e.getMessage() + ".", e);
        }
    }

    Optional<TagRef> find(String name) throws IOException {
        Ref ref = repository.exactRef("refs/tags/" + GitNames.requireTag(name));
        if (ref == null) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevObject object = walk.parseAny(ref.getObjectId());
            RevObject commit = walk.peel(object);
            if (!(commit instanceof RevCommit)) {
                throw ReleaseException.refused("Tag " + name + " leads to no commit: expected the tag of a release.");
            }
            return Optional.of(new TagRef(Ids.of(object), Ids.of(commit), object instanceof RevTag));
        }
    }

    Optional<SignedTag> read(String name) throws IOException {
        Optional<TagRef> tag = find(name).filter(TagRef::annotated);
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectReader reader = repository.newObjectReader()) {
            byte[] bytes =
                    reader.open(Ids.of(tag.get().object()), Constants.OBJ_TAG).getCachedBytes();
            int at = signatureAt(bytes);
            return Optional.of(
                    at < 0
                            ? new SignedTag(tag.get(), bytes, Optional.empty())
                            : new SignedTag(
                                    tag.get(),
                                    Arrays.copyOf(bytes, at),
                                    Optional.of(new String(bytes, at, bytes.length - at, StandardCharsets.US_ASCII))));
        }
    }

    /** Where the last line that begins a signature is, as Git's {@code parse_signed_buffer} looks for it; or -1. */
    private static int signatureAt(byte[] bytes) {
        // One byte a character, so that offsets in the text are offsets in the bytes.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf("\n" + BEGIN);
        return at < 0 ? -1 : at + 1;
    }
}
