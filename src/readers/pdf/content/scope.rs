//! Where content finds what it names: in its own resources, else in those of the content around it.

use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

/// The resources of a page or form, within those of what shows it.
///
/// A form has all that it needs in resources of its own (ISO 32000-1, 7.8.3); writers of old leave out what the page has, and
/// viewers look there.
#[derive(Clone, Copy)]
pub(super) struct Scope<'r, 'a> {
    pub(super) own: &'r Resources<'a>,
    outer: Option<&'r Scope<'r, 'a>>,
}

impl<'r, 'a> Scope<'r, 'a> {
    pub(super) fn new(own: &'r Resources<'a>) -> Self {
        Self { own, outer: None }
    }

    pub(super) fn within(own: &'r Resources<'a>, outer: &'r Scope<'r, 'a>) -> Self {
        Self { own, outer: Some(outer) }
    }

    pub(super) fn font(&self, name: &Name<'_>) -> Option<Dict<'a>> {
        self.own.get_font(name).or_else(|| self.outer?.font(name))
    }

    pub(super) fn x_object(&self, name: &Name<'_>) -> Option<Stream<'a>> {
        self.own.get_x_object(name).or_else(|| self.outer?.x_object(name))
    }
}
