use std::fs;

use super::*;
use crate::batch::archive::ArchiveLimits;
use crate::batch::archive::members::on_thread;

/// A folder of its own for one test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hicm-inputs-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    fn with(self, names: &[&str]) -> Self {
        for name in names {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, name).expect("a file");
        }
        self
    }

    fn list(&self) -> Vec<Input> {
        list(vec![Request::Path(self.0.clone())], &|_| false)
    }

    fn names(&self) -> Vec<String> {
        self.list().into_iter().map(|input| input.name).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn list(requests: Vec<Request>, is_own: &dyn Fn(&Path) -> bool) -> Vec<Input> {
    let unpacker = |archive, name: &str| on_thread(archive, name.to_owned(), ArchiveLimits::for_documents(1 << 20));
    Inputs::new(requests, is_own, Box::new(unpacker)).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names() {
    let folder = Scratch::new("order").with(&["b.txt", "a/z.txt", "a/b/c.csv", "a-1.txt", "a.txt", "ab/x.txt"]);
    let mut sorted = folder.names();
    assert_eq!(sorted, ["a-1.txt", "a.txt", "a/b/c.csv", "a/z.txt", "ab/x.txt", "b.txt"]);
    sorted.sort();
    assert_eq!(sorted, folder.names());
}

#[test]
fn a_folder_without_documents_is_lost_by_its_name() {
    let folder = Scratch::new("none").with(&[".DS_Store"]);
    let list = folder.list();
    assert_eq!(list[0].origin, Origin::Skipped);
    assert!(matches!(&list[1].origin, Origin::Lost { kind: ErrorKind::Empty, .. }), "{list:?}");
}

#[test]
fn what_is_not_there_is_lost() {
    let list = list(vec![Request::Path(PathBuf::from("no/such/file.txt"))], &|_| false);
    assert_eq!(list[0].name, "no/such/file.txt");
    assert!(matches!(&list[0].origin, Origin::Lost { kind: ErrorKind::NotFound, .. }));
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    let folder = Scratch::new("links").with(&["a/plan.txt"]);
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/up")).expect("a link");
    std::os::unix::fs::symlink(folder.0.join("a/plan.txt"), folder.0.join("b.txt")).expect("a link");
    std::os::unix::fs::symlink(folder.0.join("gone"), folder.0.join("c.txt")).expect("a link");
    assert_eq!(folder.names(), ["a/plan.txt", "b.txt", "c.txt"]);
    assert!(matches!(&folder.list()[2].origin, Origin::Lost { kind: ErrorKind::NotFound, .. }));
}

#[cfg(unix)]
#[test]
fn a_folder_is_read_once_whatever_links_lead_to_it() {
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let files: Vec<String> = names.iter().map(|name| format!("in/{name}/plan.txt")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let folder = Scratch::new("links-between").with(&files).with(&["out/deep/other.txt"]);
    let link = |to: &str, from: String| {
        std::os::unix::fs::symlink(folder.0.join(to), folder.0.join(from)).expect("a link");
    };
    for from in names {
        names.iter().filter(|to| **to != from).for_each(|to| link(&format!("in/{to}"), format!("in/{from}/to-{to}")));
        link("out", format!("in/{from}/z"));
    }
    link("out/deep", "out/again".to_owned());
    let requests = || vec![Request::Path(folder.0.join("in"))];
    let read: Vec<String> = list(requests(), &|_| false).into_iter().map(|input| input.name).collect();
    let plans = names[1..].iter().map(|name| format!("{name}/plan.txt"));
    let wanted: Vec<String> = ["a/plan.txt", "a/z/deep/other.txt"].map(str::to_owned).into_iter().chain(plans).collect();
    assert_eq!(read, wanted);
    assert_eq!(count(&requests(), &|_| false, &|| false).map(|sum| sum.0), Some(8));
}

#[test]
fn own_files_are_no_documents() {
    let folder = Scratch::new("own").with(&["a.txt", "out/records.jsonl"]);
    let own = folder.0.join("out/records.jsonl");
    let list = list(vec![Request::Path(folder.0.clone())], &|path| path == own);
    assert_eq!(list.len(), 1);
}

#[test]
fn archives_are_told_from_what_looks_like_them() {
    let folder = Scratch::new("archives").with(&["a.txt"]);
    for name in ["broken.zip", "broken.bin", "broken.xlsx"] {
        fs::write(folder.0.join(name), b"PK\x03\x04 and no more").expect("a file");
    }
    let kinds: Vec<(String, bool)> =
        folder.list().into_iter().map(|input| (input.name, matches!(input.origin, Origin::File(..)))).collect();
    let row = |name: &str, is_file| (name.to_owned(), is_file);
    assert_eq!(kinds, [row("a.txt", true), row("broken.bin", true), row("broken.xlsx", true), row("broken.zip", false)]);
}

#[test]
fn people_are_told_how_many_there_are() {
    let folder = Scratch::new("count").with(&["a.txt", "b/c.txt"]);
    let requests = [Request::Path(folder.0.clone()), Request::Bytes { name: "stdin".to_owned(), bytes: vec![b'x'; 4] }];
    assert_eq!(count(&requests, &|_| false, &|| false), Some((3, 5 + 7 + 4)));
    assert_eq!(count(&requests, &|_| false, &|| true), None);
}
