#include "app/session/moments.h"

#include <algorithm>
#include <utility>

#include "core/analysis/recorder.h"

namespace gradflow::session {
namespace {

constexpr std::size_t kMost = 512;
constexpr std::size_t kLayers = 40000;  // of all moments together: about 30 MB
constexpr std::size_t kLeast = 16;

}  // namespace

Moments::Moments(StackSpec spec)
    : spec_(std::move(spec)),
      most_(std::clamp(kLayers / static_cast<std::size_t>(std::max(1, spec_.num_layers)), kLeast, kMost)) {}

void Moments::add(int step, const PassRecord& record, const PassNames& names) {
  if (names_.gradients.size() != names.gradients.size()) names_ = names;
  newest_ = {step, record};
  if ((step - 1) % stride_ != 0) return;
  if (kept_.size() == most_) {
    stride_ *= 2;
    std::erase_if(kept_, [this](const Moment& moment) { return (moment.step - 1) % stride_ != 0; });
    if ((step - 1) % stride_ != 0) return;
  }
  kept_.push_back(newest_);
}

const Moments::Moment* Moments::find(int step) const {
  if (newest_.step == 0) return nullptr;
  if (step == 0 || step >= newest_.step) return &newest_;
  const auto after = std::upper_bound(kept_.begin(), kept_.end(), step,
                                      [](int value, const Moment& moment) { return value < moment.step; });
  return after == kept_.begin() ? &kept_.front() : &*(after - 1);
}

std::shared_ptr<const StackReport> Moments::at(int step) {
  const Moment* moment = find(step);
  if (moment == nullptr) return nullptr;
  if (named_ && named_step_ == moment->step) return named_;
  Recorder recorder;
  recorder.scalar("step", moment->step);
  record_pass(spec_.num_layers, moment->record, names_, recorder);
  StackReport report = recorder.take();
  report.spec = spec_;
  named_ = std::make_shared<const StackReport>(std::move(report));
  named_step_ = moment->step;
  return named_;
}

}  // namespace gradflow::session
